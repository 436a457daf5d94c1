/**
 * The 20 bytes of an account's id as people see it: Bech32m (BIP 350) behind `mit`, in lower case
 * (LE-20). A mistyped one is refused by its checksum.
 */
const PREFIX = "mit";
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const FORM = new RegExp(`^${PREFIX}1([${LETTERS}]{38})$`);
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32M = 0x2bc830a3;
const CHECKSUM = 6;

/** The bytes of an id, or null where the text is none. */
export function accountOf(text) {
  const found = FORM.exec(text);
  if (found === null) return null;
  const symbols = [...found[1]].map((letter) => LETTERS.indexOf(letter));
  if (remainder([...expanded(PREFIX), ...symbols]) !== BECH32M) return null;
  return bytesOf(symbols.slice(0, -CHECKSUM));
}

/** How people see 20 bytes. */
export function idOf(account) {
  const symbols = symbolsOf(account);
  const open = [...expanded(PREFIX), ...symbols, ...new Array(CHECKSUM).fill(0)];
  const sum = remainder(open) ^ BECH32M;
  const checksum = Array.from({ length: CHECKSUM }, (_, i) => (sum >>> (5 * (CHECKSUM - 1 - i))) & 31);
  return `${PREFIX}1${[...symbols, ...checksum].map((symbol) => LETTERS[symbol]).join("")}`;
}

function expanded(prefix) {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function remainder(symbols) {
  let sum = 1;
  for (const symbol of symbols) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ symbol;
    GENERATORS.forEach((generator, i) => {
      if ((top >>> i) & 1) sum ^= generator;
    });
  }
  return sum;
}

/** 20 bytes are 32 symbols of five bits and nothing over. */
function symbolsOf(bytes) {
  const symbols = [];
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      symbols.push((bits >>> count) & 31);
    }
    bits &= (1 << count) - 1;
  }
  return symbols;
}

/** 32 symbols of five bits are 20 bytes and nothing over. */
function bytesOf(symbols) {
  const bytes = [];
  let bits = 0;
  let count = 0;
  for (const symbol of symbols) {
    bits = (bits << 5) | symbol;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
    bits &= (1 << count) - 1;
  }
  return Uint8Array.from(bytes);
}
