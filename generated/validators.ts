// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.
// @ts-nocheck: Ajv wrote the functions. What is exported has its type written out.

import type { operations } from './schema.ts';

/** What is expected, and where. It holds nothing of the value that was found. */
export interface ResponseIssue {
  readonly message: string;
  /** Keys from the body down to what is wrong. */
  readonly path: readonly (string | number)[];
}

/**
 * Validates the body of a response: it is what the spec says, or there are issues.
 *
 * @see https://standardschema.dev
 */
export interface ResponseValidator<Body> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'openapi-contract-kit';
    readonly validate: (
      value: unknown,
    ) => { readonly value: Body; readonly issues?: undefined } | { readonly issues: readonly ResponseIssue[] };
    /** For types only. */
    readonly types?: { readonly input: Body; readonly output: Body };
  };
}

/** The validators of JSON bodies, by operationId and by status, range or `default`, as the spec has it. */
export const validators: {
  readonly getBearerToken: {
    readonly '200': ResponseValidator<operations['getBearerToken']['responses'][200]['content']['application/json']>;
    readonly '400': ResponseValidator<operations['getBearerToken']['responses'][400]['content']['application/json']>;
  };
  readonly getOneTimeToken: {
    readonly '200': ResponseValidator<operations['getOneTimeToken']['responses'][200]['content']['application/json']>;
    readonly '500': ResponseValidator<operations['getOneTimeToken']['responses'][500]['content']['application/json']>;
  };
  readonly exchangeJwt: {
    readonly '200': ResponseValidator<operations['exchangeJwt']['responses'][200]['content']['application/json']>;
  };
  readonly getMediaToken: {
    readonly '200': ResponseValidator<operations['getMediaToken']['responses'][200]['content']['application/json']>;
  };
} = {
  getBearerToken: {
    '200': makeValidator(validate0),
    '400': makeValidator(validate1),
  },
  getOneTimeToken: {
    '200': makeValidator(validate4),
    '500': makeValidator(validate2),
  },
  exchangeJwt: {
    '200': makeValidator(validate7),
  },
  getMediaToken: {
    '200': makeValidator(validate8),
  },
};

function makeValidator(check) {
  const validate = (value) => (check(value) ? { value } : { issues: listIssues(check.errors, value) });
  return { '~standard': { version: 1, vendor: 'openapi-contract-kit', validate } };
}

function listIssues(errors, value) {
  const issues = errors
    // What stands behind a condition tells for itself what is wrong.
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, ...error }) => ({ message: expectationOf(error), path: toPath(instancePath, error, value) }));
  const texts = issues.map((issue) => JSON.stringify(issue));
  return issues.filter((_, index) => texts.indexOf(texts[index]) === index);
}

// What is expected comes from the spec; no text quotes what was found, which can be a token.
function expectationOf({ keyword, params, message }) {
  switch (keyword) {
    case 'required':
      return 'must be present';
    case 'type':
      return `must be ${[params.type].flat().join(' or ')}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'enum':
      return `must be one of ${params.allowedValues.map((one) => JSON.stringify(one)).join(', ')}`;
    default:
      return message;
  }
}

function toPath(pointer, { keyword, params }, value) {
  const keys = pointer.split('/').slice(1);
  const path = [];
  let holder = value;
  for (const key of keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    path.push(Array.isArray(holder) ? Number(key) : key);
    holder = holder[key];
  }
  return keyword === 'required' ? [...path, params.missingProperty] : path;
}
const schema2 = {"type":"object","required":["WasSuccessful","Value","Status","Message","Errors"],"properties":{"WasSuccessful":{"type":"boolean","const":false},"Value":{"type":"null"},"Status":{"type":"integer","const":500},"Message":{"type":["string","null"]},"Errors":{}}};
const schema7 = {"type":"string","enum":["unsupported_grant_type","invalid_grant","two_factor_auth_check","must_reset_password"]};
const schema3 = {"type":"object","required":["WasSuccessful","Value","Status","Message","Errors"],"properties":{"WasSuccessful":{"type":"boolean","const":true},"Value":{"type":"string","minLength":1},"Status":{"type":"integer","const":200},"Message":{"type":["string","null"]},"Errors":{"type":"null"}}};

function countCharacters(text) {
  return [...text].length;
}
const func0 = countCharacters;
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.access_token === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.token_type === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "token_type"},message:"must have required property '"+"token_type"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.expires_in === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "expires_in"},message:"must have required property '"+"expires_in"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.refresh_token === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "refresh_token"},message:"must have required property '"+"refresh_token"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.access_token !== undefined){
let data0 = data.access_token;
if(typeof data0 === "string"){
if(func0(data0) < 1){
const err4 = {instancePath:instancePath+"/access_token",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/access_token",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.token_type !== undefined){
let data1 = data.token_type;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/token_type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
if("bearer" !== data1){
const err7 = {instancePath:instancePath+"/token_type",keyword:"const",params:{allowedValue: "bearer"},message:"must be equal to constant"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.expires_in !== undefined){
let data2 = data.expires_in;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err8 = {instancePath:instancePath+"/expires_in",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.refresh_token !== undefined){
let data3 = data.refresh_token;
if(typeof data3 === "string"){
if(func0(data3) < 1){
const err9 = {instancePath:instancePath+"/refresh_token",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/refresh_token",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.error === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "error"},message:"must have required property '"+"error"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.error !== undefined){
if(typeof data.error !== "string"){
const err1 = {instancePath:instancePath+"/error",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.error_description !== undefined){
if(typeof data.error_description !== "string"){
const err2 = {instancePath:instancePath+"/error_description",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}



function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid1 = true;
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.WasSuccessful === undefined) && (missing0 = "WasSuccessful")){
const err0 = {};
(vErrors ??= []).push(err0);
errors++;
}
else {
if(data.WasSuccessful !== undefined){
if(true !== data.WasSuccessful){
const err1 = {};
(vErrors ??= []).push(err1);
errors++;
}
}
}
}
else {
const err2 = {};
(vErrors ??= []).push(err2);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs5 = errors;
if(!(validate3(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
errors = vErrors.length;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs6 = errors;
const _errs7 = errors;
let valid3 = true;
const _errs8 = errors;
if(errors === _errs8){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.WasSuccessful === undefined) && (missing1 = "WasSuccessful")){
const err3 = {};
(vErrors ??= []).push(err3);
errors++;
}
else {
if(data.WasSuccessful !== undefined){
if(false !== data.WasSuccessful){
const err4 = {};
(vErrors ??= []).push(err4);
errors++;
}
}
}
}
else {
const err5 = {};
(vErrors ??= []).push(err5);
errors++;
}
}
var _valid1 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs11 = errors;
if(!(validate2(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate2.errors : vErrors.concat(validate2.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid3 = _valid1;
ifClause1 = "then";
}
else {
const _errs12 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.WasSuccessful === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "WasSuccessful"},message:"must have required property '"+"WasSuccessful"+"'"};
(vErrors ??= []).push(err6);
errors++;
}
if(data.WasSuccessful !== undefined){
if(typeof data.WasSuccessful !== "boolean"){
const err7 = {instancePath:instancePath+"/WasSuccessful",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
ifClause1 = "else";
}
if(!valid3){
const err9 = {instancePath,keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema"};
(vErrors ??= []).push(err9);
errors++;
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err10 = {instancePath,keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
(vErrors ??= []).push(err10);
errors++;
}
validate4.errors = vErrors;
return errors === 0;
}

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.WasSuccessful === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "WasSuccessful"},message:"must have required property '"+"WasSuccessful"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.Value === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "Value"},message:"must have required property '"+"Value"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.Status === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "Status"},message:"must have required property '"+"Status"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.Message === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "Message"},message:"must have required property '"+"Message"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.Errors === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "Errors"},message:"must have required property '"+"Errors"+"'"};
(vErrors ??= []).push(err4);
errors++;
}
if(data.WasSuccessful !== undefined){
let data0 = data.WasSuccessful;
if(typeof data0 !== "boolean"){
const err5 = {instancePath:instancePath+"/WasSuccessful",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err5);
errors++;
}
if(false !== data0){
const err6 = {instancePath:instancePath+"/WasSuccessful",keyword:"const",params:{allowedValue: false},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.Value !== undefined){
if(data.Value !== null){
const err7 = {instancePath:instancePath+"/Value",keyword:"type",params:{type: "null"},message:"must be null"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.Status !== undefined){
let data2 = data.Status;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err8 = {instancePath:instancePath+"/Status",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err8);
errors++;
}
if(500 !== data2){
const err9 = {instancePath:instancePath+"/Status",keyword:"const",params:{allowedValue: 500},message:"must be equal to constant"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.Message !== undefined){
let data3 = data.Message;
if((typeof data3 !== "string") && (data3 !== null)){
const err10 = {instancePath:instancePath+"/Message",keyword:"type",params:{type: schema2.properties.Message.type},message:"must be string,null"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate2.errors = vErrors;
return errors === 0;
}

function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.token_type === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "token_type"},message:"must have required property '"+"token_type"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.expires_in === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "expires_in"},message:"must have required property '"+"expires_in"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.refresh_token === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "refresh_token"},message:"must have required property '"+"refresh_token"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.token !== undefined){
let data0 = data.token;
if(typeof data0 === "string"){
if(func0(data0) < 1){
const err4 = {instancePath:instancePath+"/token",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/token",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.token_type !== undefined){
let data1 = data.token_type;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/token_type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
if("bearer" !== data1){
const err7 = {instancePath:instancePath+"/token_type",keyword:"const",params:{allowedValue: "bearer"},message:"must be equal to constant"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.expires_in !== undefined){
let data2 = data.expires_in;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err8 = {instancePath:instancePath+"/expires_in",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.refresh_token !== undefined){
let data3 = data.refresh_token;
if(typeof data3 === "string"){
if(func0(data3) < 1){
const err9 = {instancePath:instancePath+"/refresh_token",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/refresh_token",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate7.errors = vErrors;
return errors === 0;
}

function validate8(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.jwt === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "jwt"},message:"must have required property '"+"jwt"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.jwt !== undefined){
let data0 = data.jwt;
if(typeof data0 === "string"){
if(func0(data0) < 1){
const err1 = {instancePath:instancePath+"/jwt",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/jwt",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate8.errors = vErrors;
return errors === 0;
}

function validate9(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
if(!((((data === "unsupported_grant_type") || (data === "invalid_grant")) || (data === "two_factor_auth_check")) || (data === "must_reset_password"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema7.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err1);
errors++;
}
validate9.errors = vErrors;
return errors === 0;
}

function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.WasSuccessful === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "WasSuccessful"},message:"must have required property '"+"WasSuccessful"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.Value === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "Value"},message:"must have required property '"+"Value"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.Status === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "Status"},message:"must have required property '"+"Status"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.Message === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "Message"},message:"must have required property '"+"Message"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.Errors === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "Errors"},message:"must have required property '"+"Errors"+"'"};
(vErrors ??= []).push(err4);
errors++;
}
if(data.WasSuccessful !== undefined){
let data0 = data.WasSuccessful;
if(typeof data0 !== "boolean"){
const err5 = {instancePath:instancePath+"/WasSuccessful",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err5);
errors++;
}
if(true !== data0){
const err6 = {instancePath:instancePath+"/WasSuccessful",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.Value !== undefined){
let data1 = data.Value;
if(typeof data1 === "string"){
if(func0(data1) < 1){
const err7 = {instancePath:instancePath+"/Value",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/Value",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.Status !== undefined){
let data2 = data.Status;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err9 = {instancePath:instancePath+"/Status",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err9);
errors++;
}
if(200 !== data2){
const err10 = {instancePath:instancePath+"/Status",keyword:"const",params:{allowedValue: 200},message:"must be equal to constant"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.Message !== undefined){
let data3 = data.Message;
if((typeof data3 !== "string") && (data3 !== null)){
const err11 = {instancePath:instancePath+"/Message",keyword:"type",params:{type: schema3.properties.Message.type},message:"must be string,null"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data.Errors !== undefined){
if(data.Errors !== null){
const err12 = {instancePath:instancePath+"/Errors",keyword:"type",params:{type: "null"},message:"must be null"};
(vErrors ??= []).push(err12);
errors++;
}
}
}
else {
const err13 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err13);
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}

