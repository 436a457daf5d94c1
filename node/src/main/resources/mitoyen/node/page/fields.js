/**
 * What a decoded item is expected to be: a map of these fields, bytes of this length. Anything else
 * is Malformed.
 */
import { decode } from "./cbor.js";

const UTF8 = new TextEncoder();
const DIGEST = 32;

/** Bytes that are not the encoding of what was expected. */
export class Malformed extends Error {}

/** The item with these bytes. */
export function item(bytes, deepest) {
  try {
    return decode(bytes, deepest);
  } catch (refused) {
    throw new Malformed(refused.message);
  }
}

/** The fields of a map that has these and no others. */
export function fieldsOf(value, names) {
  const fits = value instanceof Map && value.size === names.length;
  check(fits && names.every((name) => value.has(name)), "not the fields expected");
  return Object.fromEntries(value);
}

export function digest(value) {
  return bytesOf(value, DIGEST, DIGEST);
}

export function bytesOf(value, least, most) {
  const fits = value instanceof Uint8Array && value.length >= least && value.length <= most;
  check(fits, "not the bytes expected");
  return value;
}

export function textOf(value, least, most) {
  const length = typeof value === "string" ? UTF8.encode(value).length : -1;
  check(length >= least && length <= most, "not the text expected");
  return value;
}

export function numberOf(value, least, most) {
  check(Number.isInteger(value) && value >= least && value <= most, "not the number expected");
  return value;
}

export function listOf(value, least, most) {
  const fits = Array.isArray(value) && value.length >= least && value.length <= most;
  check(fits, "not the list expected");
  return value;
}

export function check(holds, otherwise) {
  if (!holds) throw new Malformed(otherwise);
}
