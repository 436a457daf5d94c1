/**
 * Reads CBOR (RFC 8949) as the ledger writes it: integers, byte strings, text, arrays, maps and
 * booleans in their one deterministic form, with texts as keys (docs/spec/ledger.md, LE-1 to LE-9).
 * Anything else, and anything left over, is refused.
 *
 * @param bytes {Uint8Array}
 * @param deepest how many containers may be open at once
 */
export function decode(bytes, deepest = 16) {
  const reader = new Reader(bytes, deepest);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new Error("bytes left over");
  return value;
}

// Without the option a text's leading U+FEFF would be lost.
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const TEXT = 3;

class Reader {
  constructor(bytes, deepest) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.deepest = deepest;
    this.at = 0;
  }

  value(depth) {
    const first = this.take(1)[0];
    const type = first >> 5;
    if (type === 7) return this.simple(first & 31);
    const argument = this.argument(first & 31);
    switch (type) {
      case 0: return argument;
      case 1: return -1 - argument;
      case 2: return this.take(argument).slice();
      case TEXT: return UTF8.decode(this.take(argument));
      case 4: return this.list(argument, this.within(argument, depth));
      case 5: return this.map(argument, this.within(argument, depth));
      default: throw new Error("an unknown kind of value");
    }
  }

  /** The depth in a container, each item of which takes at least one of the bytes left. */
  within(length, depth) {
    if (depth === this.deepest) throw new Error("too deep");
    if (length > this.bytes.length - this.at) throw new Error("cut short");
    return depth + 1;
  }

  list(length, depth) {
    const items = [];
    for (let i = 0; i < length; i++) items.push(this.value(depth));
    return items;
  }

  map(length, depth) {
    const entries = new Map();
    let before = new Uint8Array(0);
    for (let i = 0; i < length; i++) {
      const start = this.at;
      if (this.bytes[start] >> 5 !== TEXT) throw new Error("a key that is no text");
      const key = this.value(depth);
      const encoded = this.bytes.subarray(start, this.at);
      if (compare(before, encoded) >= 0) throw new Error("a key twice or out of order");
      before = encoded;
      entries.set(key, this.value(depth));
    }
    return entries;
  }

  simple(code) {
    if (code === 20) return false;
    if (code === 21) return true;
    throw new Error("an unknown kind of value");
  }

  argument(code) {
    if (code < 24) return code;
    const at = this.at;
    if (code === 24) return shortest(this.take(1)[0], 24);
    if (code === 25) return this.take(2) && shortest(this.view.getUint16(at), 0x100);
    if (code === 26) return this.take(4) && shortest(this.view.getUint32(at), 0x1_0000);
    if (code === 27) {
      this.take(8);
      const value = this.view.getBigUint64(at);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("a number too large");
      return shortest(Number(value), 0x1_0000_0000);
    }
    throw new Error("a length that is not definite");
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error("cut short");
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }
}

function shortest(value, least) {
  if (value < least) throw new Error("not the shortest form");
  return value;
}

function compare(left, right) {
  const common = Math.min(left.length, right.length);
  for (let i = 0; i < common; i++) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return left.length - right.length;
}
