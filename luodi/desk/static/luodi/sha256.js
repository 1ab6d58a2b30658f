/* SHA-256 (FIPS 180-4), bit by bit: the browser's own digest wants a whole file in memory and is missing where pages come
   without encryption, as inside an office's network. */
"use strict";

(() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) {
    if (primes.every((prime) => n % prime)) primes.push(n);
  }
  // the first 32 bits behind the point of a root
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 4294967296) | 0;
  const K = new Int32Array(primes.map((prime) => fraction(Math.cbrt(prime))));
  const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

  class Sha256 {
    constructor() {
      this.state = Int32Array.from(START);
      this.words = new Int32Array(64);
      this.rest = new Uint8Array(64);
      this.filled = 0;
      this.length = 0;
    }

    /* Take in more bytes (Uint8Array). */
    add(bytes) {
      let at = 0;
      this.length += bytes.length;
      if (this.filled) {
        at = Math.min(64 - this.filled, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.filled);
        this.filled += at;
        if (this.filled < 64) return this;
        this.block(this.rest, 0);
        this.filled = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
      this.rest.set(bytes.subarray(at), 0);
      this.filled = bytes.length - at;
      return this;
    }

    /* The digest in small hexadecimal; nothing can be added afterwards. */
    hex() {
      const bits = this.length * 8;
      const padded = new Uint8Array(this.filled < 56 ? 64 : 128);
      padded.set(this.rest.subarray(0, this.filled));
      padded[this.filled] = 0x80;
      const view = new DataView(padded.buffer);
      view.setUint32(padded.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(padded.length - 4, bits >>> 0);
      for (let at = 0; at < padded.length; at += 64) this.block(padded, at);
      return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }

    block(bytes, start) {
      const w = this.words;
      for (let i = 0, at = start; i < 16; i += 1, at += 4) {
        w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0;
        d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      const s = this.state;
      s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
    }
  }

  window.LuodiSha256 = Sha256;
})();
