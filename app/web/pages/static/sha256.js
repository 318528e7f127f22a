// SHA-256 (FIPS 180-4), as many windows of a text need it: at once, and also where a page is not served over https,
// since browsers give their own to secure contexts alone, and only asynchronously.

const primes = [];
for (let next = 2; primes.length < 64; next += 1) if (primes.every((prime) => next % prime)) primes.push(next);
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;

// Sections 4.2.2 and 5.3.3: the first 32 bits of the fractional parts of roots of the first primes.
const CONSTANTS = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const BEGINNING = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const schedule = new Int32Array(64);
const tail = new Uint8Array(128);

// Section 6.2.2: the state after one block of 64 bytes.
function compress(state, bytes, at) {
  for (let t = 0, from = at; t < 16; t += 1, from += 4) {
    schedule[t] = (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3];
  }
  for (let t = 16; t < 64; t += 1) {
    const early = schedule[t - 15];
    const late = schedule[t - 2];
    const first = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const second = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    schedule[t] = (second + schedule[t - 7] + first + schedule[t - 16]) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const turned = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + turned + ((e & f) ^ (~e & g)) + CONSTANTS[t] + schedule[t]) | 0;
    const spun = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (spun + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// Sets the state to the hash of the bytes from `start` to `end`, and returns it: eight words of 32 bits.
export function hash(bytes, start = 0, end = bytes.length, state = new Int32Array(8)) {
  state.set(BEGINNING);
  let at = start;
  for (; at + 64 <= end; at += 64) compress(state, bytes, at);
  const left = end - at;
  const size = left < 56 ? 64 : 128;
  for (let i = 0; i < left; i += 1) tail[i] = bytes[at + i];
  for (let i = left + 1; i < size; i += 1) tail[i] = 0;
  tail[left] = 0x80;
  const bits = (end - start) * 8;
  for (let i = 1, rest = bits; rest > 0; i += 1, rest = Math.floor(rest / 256)) tail[size - i] = rest % 256;
  for (let block = 0; block < size; block += 64) compress(state, tail, block);
  return state;
}

export const hex = (state) => Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
