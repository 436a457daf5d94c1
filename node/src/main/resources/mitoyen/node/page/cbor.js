/**
 * Reads CBOR (RFC 8949) as the ledger writes it: integers, byte strings, text, arrays, maps and
 * booleans of definite length. Anything else, and anything left over, is refused.
 */
export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new Error("bytes left over");
  return value;
}

const DEEPEST = 16;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  value(depth) {
    if (depth > DEEPEST) throw new Error("too deep");
    const first = this.take(1)[0];
    const type = first >> 5;
    if (type === 7) return this.simple(first & 31);
    const argument = this.argument(first & 31);
    switch (type) {
      case 0: return argument;
      case 1: return -1 - argument;
      case 2: return this.take(argument).slice();
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(this.take(argument));
      case 4: return this.list(argument, depth);
      case 5: return this.map(argument, depth);
      default: throw new Error("an unknown kind of value");
    }
  }

  list(length, depth) {
    const items = [];
    for (let i = 0; i < length; i++) items.push(this.value(depth + 1));
    return items;
  }

  map(length, depth) {
    const entries = new Map();
    for (let i = 0; i < length; i++) {
      const key = this.value(depth + 1);
      if (entries.has(key)) throw new Error("a key twice");
      entries.set(key, this.value(depth + 1));
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
    if (code === 24) return this.take(1)[0];
    const at = this.at;
    if (code === 25) return this.take(2) && this.view.getUint16(at);
    if (code === 26) return this.take(4) && this.view.getUint32(at);
    if (code === 27) {
      this.take(8);
      const value = this.view.getBigUint64(at);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("a number too large");
      return Number(value);
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
