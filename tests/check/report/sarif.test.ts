import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import { formatSarif } from '../../../scripts/check/report/sarif.ts';
import { findingCodes } from '../../../scripts/cli/finding.ts';
import toolkit from '../../../scripts/package.json' with { type: 'json' };
import {
  brokenReport,
  cleanReport,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

interface Text {
  text: string;
  markdown?: string;
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: Text;
  locations: {
    physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string }; region?: object };
  }[];
  partialFingerprints: Record<string, string>;
}

interface Log {
  $schema: string;
  version: string;
  runs: [
    {
      tool: {
        driver: {
          name: string;
          version: string;
          rules: { id: string; shortDescription: Text; help: Text }[];
        };
      };
      results: Result[];
      invocations: [
        { executionSuccessful: boolean; toolExecutionNotifications?: { level: string; message: Text }[] },
      ];
    },
  ];
}

const logOf = (report: CheckReport): Log => JSON.parse(formatSarif(report)) as Log;
const resultsOf = (report: CheckReport): Result[] => logOf(report).runs[0].results;
const fingerprintsOf = (report: CheckReport): unknown[] =>
  resultsOf(report).map(({ partialFingerprints }) => partialFingerprints['findingHash/v1']);
const locationsOf = (file: string): unknown =>
  resultsOf(reportOf({ ...finding, at: { file } }))[0]?.locations[0]?.physicalLocation.artifactLocation;

describe('formatSarif', () => {
  it('says whether every gate ended, and why one is broken', () => {
    expect(logOf(sampleReport).runs[0].invocations).toEqual([{ executionSuccessful: true }]);
    expect(logOf(brokenReport).runs[0].invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: expect.stringMatching(/^The gate types is broken: The compiler/) },
          },
        ],
      },
    ]);
  });

  it('gives what SARIF 2.1.0 requires of a log and a tool', () => {
    const { $schema, version, runs } = logOf(cleanReport);
    expect({ $schema, version, runs: runs.length }).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: 1,
    });
    const { name, version: toolVersion } = runs[0].tool.driver;
    expect({ name, toolVersion }).toEqual({ name: 'openapi-contract-kit', toolVersion: toolkit.version });
    // Present even where it is empty: without results, nobody knows whether the tool looked.
    expect(runs[0].results).toEqual([]);
  });

  it('gives each code a rule, with its page as help', () => {
    const { rules } = logOf(cleanReport).runs[0].tool.driver;
    expect(rules.map(({ id }) => id)).toEqual([...findingCodes]);
    for (const { id, shortDescription, help } of rules) {
      expect(shortDescription.text).toMatch(/^[A-Z].+\.$/);
      expect(help.text).toContain('How to fix it');
      expect(help.markdown).toContain(`# ${id}`);
    }
  });

  it('gives each finding a result with rule, level, message and place', () => {
    expect(resultsOf(sampleReport)).toEqual([
      {
        ruleId: 'pact.breaks-spec',
        ruleIndex: findingCodes.indexOf('pact.breaks-spec'),
        level: 'error',
        message: { text: finding.message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'contracts/pacts/pact.json', uriBaseId: '%SRCROOT%' },
              region: { startLine: 3, startColumn: 5 },
            },
            logicalLocations: [{ fullyQualifiedName: '#/interactions/0' }],
          },
        ],
        partialFingerprints: { 'findingHash/v1': expect.stringMatching(/^[0-9a-f]{64}:1$/) },
      },
    ]);
  });

  it('gives a finding about a whole file no region, and a warning its level', () => {
    const [result] = resultsOf(reportOf(fileFinding));
    expect(result?.level).toBe('warning');
    expect(result?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'openapi/nexudus-auth.yaml', uriBaseId: '%SRCROOT%' },
        },
      },
    ]);
  });

  it('reports documents that no gate could be run on', () => {
    expect(resultsOf(unreadableReport).map(({ ruleId }) => ruleId)).toEqual(['spec.unreadable']);
  });

  it('encodes a path as a URI, and gives one outside of the working directory whole', () => {
    expect(locationsOf('pacts/50% of #1.json')).toEqual({
      uri: 'pacts/50%25%20of%20%231.json',
      uriBaseId: '%SRCROOT%',
    });
    expect(locationsOf('/elsewhere/pact 1.json')).toEqual({ uri: 'file:///elsewhere/pact%201.json' });
  });

  it('gives a finding that has moved the same fingerprint', () => {
    const moved = {
      ...finding,
      message: `${finding.message}, see spec.yaml:9:1`,
      at: { ...finding.at, line: 9 },
    };
    const before = { ...finding, message: `${finding.message}, see spec.yaml:7:1` };
    expect(fingerprintsOf(reportOf(moved))).toEqual(fingerprintsOf(reportOf(before)));
  });

  it('gives no two findings the same fingerprint', () => {
    const elsewhere = { ...finding, at: { ...finding.at, line: 9 } };
    const other = { ...finding, message: 'another' };
    const fingerprints = fingerprintsOf(reportOf(finding, elsewhere, other, fileFinding));
    expect(new Set(fingerprints).size).toBe(4);
  });

  it('has a finding that is ignored as a result that is suppressed, with the reason', () => {
    const { results, ...report } = cleanReport;
    const ignored = [{ finding, reason: 'the provider is about to change' }];
    const suppressed = resultsOf({ ...report, results: results.map((one) => ({ ...one, ignored })) });
    expect(suppressed).toMatchObject([
      {
        ruleId: finding.code,
        suppressions: [{ kind: 'external', justification: 'the provider is about to change' }],
      },
    ]);
    expect(resultsOf(reportOf(finding))).not.toMatchObject([{ suppressions: expect.anything() }]);
  });

  it('has what may follow from another finding as a result, related to where that one is', () => {
    const [cause, following] = resultsOf(reportOf(finding, followingFinding));
    expect(cause).not.toHaveProperty('relatedLocations');
    expect(following).toMatchObject({
      ruleId: 'pact.refused-by-mock',
      relatedLocations: [
        {
          message: { text: 'May follow from pact.breaks-spec here.' },
          physicalLocation: { region: { startLine: 3, startColumn: 5 } },
        },
      ],
      properties: { followsFrom: followingFinding.followsFrom },
    });
  });
});
