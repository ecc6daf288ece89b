// Generated from contracts/petstore.json by `npm run generate`. Do not edit.
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
  readonly addPet: {
    readonly '200': ResponseValidator<operations['addPet']['responses'][200]['content']['application/json']>;
  };
  readonly updatePet: {
    readonly '200': ResponseValidator<operations['updatePet']['responses'][200]['content']['application/json']>;
  };
  readonly findPetsByStatus: {
    readonly '200': ResponseValidator<operations['findPetsByStatus']['responses'][200]['content']['application/json']>;
  };
  readonly getPetById: {
    readonly '200': ResponseValidator<operations['getPetById']['responses'][200]['content']['application/json']>;
  };
  readonly getInventory: {
    readonly '200': ResponseValidator<operations['getInventory']['responses'][200]['content']['application/json']>;
  };
  readonly placeOrder: {
    readonly '200': ResponseValidator<operations['placeOrder']['responses'][200]['content']['application/json']>;
  };
  readonly getOrderById: {
    readonly '200': ResponseValidator<operations['getOrderById']['responses'][200]['content']['application/json']>;
  };
  readonly loginUser: {
    readonly '200': ResponseValidator<operations['loginUser']['responses'][200]['content']['application/json']>;
  };
  readonly getUserByName: {
    readonly '200': ResponseValidator<operations['getUserByName']['responses'][200]['content']['application/json']>;
  };
} = {
  addPet: {
    '200': makeValidator(validate2),
  },
  updatePet: {
    '200': makeValidator(validate2),
  },
  findPetsByStatus: {
    '200': makeValidator(validate7),
  },
  getPetById: {
    '200': makeValidator(validate2),
  },
  getInventory: {
    '200': makeValidator(validate9),
  },
  placeOrder: {
    '200': makeValidator(validate5),
  },
  getOrderById: {
    '200': makeValidator(validate5),
  },
  loginUser: {
    '200': makeValidator(validate10),
  },
  getUserByName: {
    '200': makeValidator(validate6),
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
const schema2 = {"type":"object","required":["name","photoUrls","id","status"],"properties":{"id":{"type":"integer"},"category":{"$ref":"definition3"},"name":{"type":"string"},"photoUrls":{"type":"array","items":{"type":"string"}},"tags":{"type":"array","items":{"$ref":"definition4"}},"status":{"type":"string","enum":["available","pending","sold"]}}};
const schema3 = {"type":"object","properties":{"id":{"type":"integer"},"petId":{"type":"integer"},"quantity":{"type":"integer"},"shipDate":{"type":"string"},"status":{"type":"string","enum":["placed","approved","delivered"]},"complete":{"type":"boolean"}},"required":["id","petId","quantity","status"]};


function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.photoUrls === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "photoUrls"},message:"must have required property '"+"photoUrls"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.id === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.status === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.id !== undefined){
let data0 = data.id;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err4 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.category !== undefined){
if(!(validate1(data.category, {instancePath:instancePath+"/category",parentData:data,parentDataProperty:"category",rootData}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err5 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.photoUrls !== undefined){
let data3 = data.photoUrls;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(typeof data3[i0] !== "string"){
const err6 = {instancePath:instancePath+"/photoUrls/" + i0,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/photoUrls",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.tags !== undefined){
let data5 = data.tags;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate0(data5[i1], {instancePath:instancePath+"/tags/" + i1,parentData:data5,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate0.errors : vErrors.concat(validate0.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/tags",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.status !== undefined){
let data7 = data.status;
if(typeof data7 !== "string"){
const err9 = {instancePath:instancePath+"/status",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
if(!(((data7 === "available") || (data7 === "pending")) || (data7 === "sold"))){
const err10 = {instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema2.properties.status.enum},message:"must be equal to one of the allowed values"};
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

function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.petId === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "petId"},message:"must have required property '"+"petId"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.quantity === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "quantity"},message:"must have required property '"+"quantity"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.status === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data.id !== undefined){
let data0 = data.id;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err4 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.petId !== undefined){
let data1 = data.petId;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
const err5 = {instancePath:instancePath+"/petId",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.quantity !== undefined){
let data2 = data.quantity;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err6 = {instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.shipDate !== undefined){
if(typeof data.shipDate !== "string"){
const err7 = {instancePath:instancePath+"/shipDate",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.status !== undefined){
let data4 = data.status;
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/status",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
if(!(((data4 === "placed") || (data4 === "approved")) || (data4 === "delivered"))){
const err9 = {instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema3.properties.status.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.complete !== undefined){
if(typeof data.complete !== "boolean"){
const err10 = {instancePath:instancePath+"/complete",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
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

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.username === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "username"},message:"must have required property '"+"username"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.email === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.id !== undefined){
let data0 = data.id;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err3 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.username !== undefined){
if(typeof data.username !== "string"){
const err4 = {instancePath:instancePath+"/username",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.firstName !== undefined){
if(typeof data.firstName !== "string"){
const err5 = {instancePath:instancePath+"/firstName",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.lastName !== undefined){
if(typeof data.lastName !== "string"){
const err6 = {instancePath:instancePath+"/lastName",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.email !== undefined){
if(typeof data.email !== "string"){
const err7 = {instancePath:instancePath+"/email",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.password !== undefined){
if(typeof data.password !== "string"){
const err8 = {instancePath:instancePath+"/password",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.phone !== undefined){
if(typeof data.phone !== "string"){
const err9 = {instancePath:instancePath+"/phone",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.userStatus !== undefined){
let data7 = data.userStatus;
if(!((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7)))){
const err10 = {instancePath:instancePath+"/userStatus",keyword:"type",params:{type: "integer"},message:"must be integer"};
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
validate6.errors = vErrors;
return errors === 0;
}

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
let data0 = data.id;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err0 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err1 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
let data0 = data.id;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err0 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
const err1 = {instancePath:instancePath+"/name",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}


function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate2(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate2.errors : vErrors.concat(validate2.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err0);
errors++;
}
validate7.errors = vErrors;
return errors === 0;
}

function validate9(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err0);
errors++;
}
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate9.errors = vErrors;
return errors === 0;
}

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

