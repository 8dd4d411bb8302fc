/**
 * Zeroed memory that can be zeroed again. A small array, and `Buffer.alloc` makes one, is at first kept on JavaScript's
 * own heap: the garbage collector copies it from there, and so does the first call that hands it to OpenSSL, and neither
 * zeroes what it leaves behind. Asked for by its buffer, it never was on the heap.
 */
export const zeroable = (length: number): Buffer => Buffer.from(new ArrayBuffer(length));
