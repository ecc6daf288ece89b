// Generated from contracts/twilio_oauth_v1.json by `npm run generate`. Do not edit.
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
  readonly FetchOpenidDiscovery: {
    readonly '200': ResponseValidator<operations['FetchOpenidDiscovery']['responses'][200]['content']['application/json']>;
  };
  readonly FetchCerts: {
    readonly '200': ResponseValidator<operations['FetchCerts']['responses'][200]['content']['application/json']>;
  };
  readonly CreateDeviceCode: {
    readonly '201': ResponseValidator<operations['CreateDeviceCode']['responses'][201]['content']['application/json']>;
  };
  readonly CreateToken: {
    readonly '201': ResponseValidator<operations['CreateToken']['responses'][201]['content']['application/json']>;
    readonly '400': ResponseValidator<operations['CreateToken']['responses'][400]['content']['application/json']>;
  };
  readonly FetchUserInfo: {
    readonly '200': ResponseValidator<operations['FetchUserInfo']['responses'][200]['content']['application/json']>;
  };
} = {
  FetchOpenidDiscovery: {
    '200': makeValidator(validate0),
  },
  FetchCerts: {
    '200': makeValidator(validate1),
  },
  CreateDeviceCode: {
    '201': makeValidator(validate2),
  },
  CreateToken: {
    '201': makeValidator(validate3),
    '400': makeValidator(validate4),
  },
  FetchUserInfo: {
    '200': makeValidator(validate5),
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
const schema0 = {"properties":{"authorization_endpoint":{"type":"string"},"claims_supported":{"items":{"type":"string"},"type":["array","null"]},"device_authorization_endpoint":{"type":["string","null"]},"id_token_signing_alg_values_supported":{"items":{"type":"string"},"type":["array","null"]},"issuer":{"type":"string"},"jwk_uri":{"type":["string","null"]},"response_type_supported":{"items":{"type":"string"},"type":["array","null"]},"revocation_endpoint":{"type":["string","null"]},"scopes_supported":{"items":{"type":"string"},"type":["array","null"]},"subject_type_supported":{"items":{"type":"string"},"type":["array","null"]},"token_endpoint":{"type":"string"},"url":{"type":["string","null"]},"userinfo_endpoint":{"type":["string","null"]}},"type":"object","required":["issuer","authorization_endpoint","token_endpoint"]};
const schema1 = {"properties":{"keys":{"type":"array","items":{"type":"object","required":["kid","kty"],"properties":{"kid":{"type":"string"},"kty":{"type":"string"}}}},"url":{"type":["string","null"]}},"type":"object","required":["keys"]};
const schema2 = {"properties":{"device_code":{"type":"string"},"expires_in":{"type":"integer"},"interval":{"type":["integer","null"]},"user_code":{"type":"string"},"verification_uri":{"type":"string"},"verification_uri_complete":{"type":["string","null"]}},"type":"object","required":["device_code","user_code","verification_uri","expires_in"]};
const schema3 = {"properties":{"access_token":{"type":"string"},"access_token_expires_at":{"type":"string"},"id_token":{"type":["string","null"]},"refresh_token":{"type":["string","null"]},"refresh_token_expires_at":{"type":["string","null"]}},"type":"object","required":["access_token","access_token_expires_at"]};
const schema4 = {"type":"object","required":["error"],"properties":{"error":{"type":"string","enum":["invalid_grant","authorization_pending","invalid_client"]},"error_description":{"type":"string"}}};
const schema5 = {"properties":{"email":{"type":"string"},"first_name":{"type":["string","null"]},"friendly_name":{"type":["string","null"]},"last_name":{"type":["string","null"]},"url":{"type":["string","null"]},"user_sid":{"maxLength":34,"minLength":34,"pattern":"^US[0-9a-fA-F]{32}$","type":"string"}},"type":"object","required":["user_sid","email"]};

function countCharacters(text) {
  return [...text].length;
}
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.authorization_endpoint === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "authorization_endpoint"},message:"must have required property '"+"authorization_endpoint"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.token_endpoint === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "token_endpoint"},message:"must have required property '"+"token_endpoint"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.authorization_endpoint !== undefined){
if(typeof data.authorization_endpoint !== "string"){
const err3 = {instancePath:instancePath+"/authorization_endpoint",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.claims_supported !== undefined){
let data1 = data.claims_supported;
if((!(Array.isArray(data1))) && (data1 !== null)){
const err4 = {instancePath:instancePath+"/claims_supported",keyword:"type",params:{type: schema0.properties.claims_supported.type},message:"must be array,null"};
(vErrors ??= []).push(err4);
errors++;
}
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
const err5 = {instancePath:instancePath+"/claims_supported/" + i0,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
}
if(data.device_authorization_endpoint !== undefined){
let data3 = data.device_authorization_endpoint;
if((typeof data3 !== "string") && (data3 !== null)){
const err6 = {instancePath:instancePath+"/device_authorization_endpoint",keyword:"type",params:{type: schema0.properties.device_authorization_endpoint.type},message:"must be string,null"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.id_token_signing_alg_values_supported !== undefined){
let data4 = data.id_token_signing_alg_values_supported;
if((!(Array.isArray(data4))) && (data4 !== null)){
const err7 = {instancePath:instancePath+"/id_token_signing_alg_values_supported",keyword:"type",params:{type: schema0.properties.id_token_signing_alg_values_supported.type},message:"must be array,null"};
(vErrors ??= []).push(err7);
errors++;
}
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
if(typeof data4[i1] !== "string"){
const err8 = {instancePath:instancePath+"/id_token_signing_alg_values_supported/" + i1,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
}
if(data.issuer !== undefined){
if(typeof data.issuer !== "string"){
const err9 = {instancePath:instancePath+"/issuer",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.jwk_uri !== undefined){
let data7 = data.jwk_uri;
if((typeof data7 !== "string") && (data7 !== null)){
const err10 = {instancePath:instancePath+"/jwk_uri",keyword:"type",params:{type: schema0.properties.jwk_uri.type},message:"must be string,null"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.response_type_supported !== undefined){
let data8 = data.response_type_supported;
if((!(Array.isArray(data8))) && (data8 !== null)){
const err11 = {instancePath:instancePath+"/response_type_supported",keyword:"type",params:{type: schema0.properties.response_type_supported.type},message:"must be array,null"};
(vErrors ??= []).push(err11);
errors++;
}
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(typeof data8[i2] !== "string"){
const err12 = {instancePath:instancePath+"/response_type_supported/" + i2,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
}
}
}
if(data.revocation_endpoint !== undefined){
let data10 = data.revocation_endpoint;
if((typeof data10 !== "string") && (data10 !== null)){
const err13 = {instancePath:instancePath+"/revocation_endpoint",keyword:"type",params:{type: schema0.properties.revocation_endpoint.type},message:"must be string,null"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data.scopes_supported !== undefined){
let data11 = data.scopes_supported;
if((!(Array.isArray(data11))) && (data11 !== null)){
const err14 = {instancePath:instancePath+"/scopes_supported",keyword:"type",params:{type: schema0.properties.scopes_supported.type},message:"must be array,null"};
(vErrors ??= []).push(err14);
errors++;
}
if(Array.isArray(data11)){
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
if(typeof data11[i3] !== "string"){
const err15 = {instancePath:instancePath+"/scopes_supported/" + i3,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err15);
errors++;
}
}
}
}
if(data.subject_type_supported !== undefined){
let data13 = data.subject_type_supported;
if((!(Array.isArray(data13))) && (data13 !== null)){
const err16 = {instancePath:instancePath+"/subject_type_supported",keyword:"type",params:{type: schema0.properties.subject_type_supported.type},message:"must be array,null"};
(vErrors ??= []).push(err16);
errors++;
}
if(Array.isArray(data13)){
const len4 = data13.length;
for(let i4=0; i4<len4; i4++){
if(typeof data13[i4] !== "string"){
const err17 = {instancePath:instancePath+"/subject_type_supported/" + i4,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err17);
errors++;
}
}
}
}
if(data.token_endpoint !== undefined){
if(typeof data.token_endpoint !== "string"){
const err18 = {instancePath:instancePath+"/token_endpoint",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data.url !== undefined){
let data16 = data.url;
if((typeof data16 !== "string") && (data16 !== null)){
const err19 = {instancePath:instancePath+"/url",keyword:"type",params:{type: schema0.properties.url.type},message:"must be string,null"};
(vErrors ??= []).push(err19);
errors++;
}
}
if(data.userinfo_endpoint !== undefined){
let data17 = data.userinfo_endpoint;
if((typeof data17 !== "string") && (data17 !== null)){
const err20 = {instancePath:instancePath+"/userinfo_endpoint",keyword:"type",params:{type: schema0.properties.userinfo_endpoint.type},message:"must be string,null"};
(vErrors ??= []).push(err20);
errors++;
}
}
}
else {
const err21 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err21);
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.keys === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "keys"},message:"must have required property '"+"keys"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.keys !== undefined){
let data0 = data.keys;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.kid === undefined){
const err1 = {instancePath:instancePath+"/keys/" + i0,keyword:"required",params:{missingProperty: "kid"},message:"must have required property '"+"kid"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data1.kty === undefined){
const err2 = {instancePath:instancePath+"/keys/" + i0,keyword:"required",params:{missingProperty: "kty"},message:"must have required property '"+"kty"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data1.kid !== undefined){
if(typeof data1.kid !== "string"){
const err3 = {instancePath:instancePath+"/keys/" + i0+"/kid",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data1.kty !== undefined){
if(typeof data1.kty !== "string"){
const err4 = {instancePath:instancePath+"/keys/" + i0+"/kty",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/keys/" + i0,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/keys",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.url !== undefined){
let data4 = data.url;
if((typeof data4 !== "string") && (data4 !== null)){
const err7 = {instancePath:instancePath+"/url",keyword:"type",params:{type: schema1.properties.url.type},message:"must be string,null"};
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
validate1.errors = vErrors;
return errors === 0;
}

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.device_code === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "device_code"},message:"must have required property '"+"device_code"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.user_code === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "user_code"},message:"must have required property '"+"user_code"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.verification_uri === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "verification_uri"},message:"must have required property '"+"verification_uri"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.expires_in === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "expires_in"},message:"must have required property '"+"expires_in"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.device_code !== undefined){
if(typeof data.device_code !== "string"){
const err4 = {instancePath:instancePath+"/device_code",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.expires_in !== undefined){
let data1 = data.expires_in;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
const err5 = {instancePath:instancePath+"/expires_in",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.interval !== undefined){
let data2 = data.interval;
if((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)){
const err6 = {instancePath:instancePath+"/interval",keyword:"type",params:{type: schema2.properties.interval.type},message:"must be integer,null"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.user_code !== undefined){
if(typeof data.user_code !== "string"){
const err7 = {instancePath:instancePath+"/user_code",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.verification_uri !== undefined){
if(typeof data.verification_uri !== "string"){
const err8 = {instancePath:instancePath+"/verification_uri",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.verification_uri_complete !== undefined){
let data5 = data.verification_uri_complete;
if((typeof data5 !== "string") && (data5 !== null)){
const err9 = {instancePath:instancePath+"/verification_uri_complete",keyword:"type",params:{type: schema2.properties.verification_uri_complete.type},message:"must be string,null"};
(vErrors ??= []).push(err9);
errors++;
}
}
}
else {
const err10 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err10);
errors++;
}
validate2.errors = vErrors;
return errors === 0;
}

function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.access_token === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.access_token_expires_at === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "access_token_expires_at"},message:"must have required property '"+"access_token_expires_at"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.access_token !== undefined){
if(typeof data.access_token !== "string"){
const err2 = {instancePath:instancePath+"/access_token",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.access_token_expires_at !== undefined){
if(typeof data.access_token_expires_at !== "string"){
const err3 = {instancePath:instancePath+"/access_token_expires_at",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.id_token !== undefined){
let data2 = data.id_token;
if((typeof data2 !== "string") && (data2 !== null)){
const err4 = {instancePath:instancePath+"/id_token",keyword:"type",params:{type: schema3.properties.id_token.type},message:"must be string,null"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.refresh_token !== undefined){
let data3 = data.refresh_token;
if((typeof data3 !== "string") && (data3 !== null)){
const err5 = {instancePath:instancePath+"/refresh_token",keyword:"type",params:{type: schema3.properties.refresh_token.type},message:"must be string,null"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.refresh_token_expires_at !== undefined){
let data4 = data.refresh_token_expires_at;
if((typeof data4 !== "string") && (data4 !== null)){
const err6 = {instancePath:instancePath+"/refresh_token_expires_at",keyword:"type",params:{type: schema3.properties.refresh_token_expires_at.type},message:"must be string,null"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.error === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "error"},message:"must have required property '"+"error"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.error !== undefined){
let data0 = data.error;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/error",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
if(!(((data0 === "invalid_grant") || (data0 === "authorization_pending")) || (data0 === "invalid_client"))){
const err2 = {instancePath:instancePath+"/error",keyword:"enum",params:{allowedValues: schema4.properties.error.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.error_description !== undefined){
if(typeof data.error_description !== "string"){
const err3 = {instancePath:instancePath+"/error_description",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate4.errors = vErrors;
return errors === 0;
}

const func0 = countCharacters;
const pattern0 = new RegExp("^US[0-9a-fA-F]{32}$", "u");
function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.user_sid === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "user_sid"},message:"must have required property '"+"user_sid"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.email === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.email !== undefined){
if(typeof data.email !== "string"){
const err2 = {instancePath:instancePath+"/email",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.first_name !== undefined){
let data1 = data.first_name;
if((typeof data1 !== "string") && (data1 !== null)){
const err3 = {instancePath:instancePath+"/first_name",keyword:"type",params:{type: schema5.properties.first_name.type},message:"must be string,null"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.friendly_name !== undefined){
let data2 = data.friendly_name;
if((typeof data2 !== "string") && (data2 !== null)){
const err4 = {instancePath:instancePath+"/friendly_name",keyword:"type",params:{type: schema5.properties.friendly_name.type},message:"must be string,null"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.last_name !== undefined){
let data3 = data.last_name;
if((typeof data3 !== "string") && (data3 !== null)){
const err5 = {instancePath:instancePath+"/last_name",keyword:"type",params:{type: schema5.properties.last_name.type},message:"must be string,null"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.url !== undefined){
let data4 = data.url;
if((typeof data4 !== "string") && (data4 !== null)){
const err6 = {instancePath:instancePath+"/url",keyword:"type",params:{type: schema5.properties.url.type},message:"must be string,null"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.user_sid !== undefined){
let data5 = data.user_sid;
if(typeof data5 === "string"){
if(func0(data5) > 34){
const err7 = {instancePath:instancePath+"/user_sid",keyword:"maxLength",params:{limit: 34},message:"must NOT have more than 34 characters"};
(vErrors ??= []).push(err7);
errors++;
}
if(func0(data5) < 34){
const err8 = {instancePath:instancePath+"/user_sid",keyword:"minLength",params:{limit: 34},message:"must NOT have fewer than 34 characters"};
(vErrors ??= []).push(err8);
errors++;
}
if(!pattern0.test(data5)){
const err9 = {instancePath:instancePath+"/user_sid",keyword:"pattern",params:{pattern: "^US[0-9a-fA-F]{32}$"},message:"must match pattern \""+"^US[0-9a-fA-F]{32}$"+"\""};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/user_sid",keyword:"type",params:{type: "string"},message:"must be string"};
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
validate5.errors = vErrors;
return errors === 0;
}

