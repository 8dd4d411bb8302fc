/** What carries the command set is versioned as a whole. A renderer of another version is told to reload. */
export const PROTOCOL = 1;

/** The largest frame that a client may send, in bytes of UTF-8. */
export const MAX_FRAME_BYTES = 256 * 1024;
/** Malformed frames after which a connection is closed. */
export const MAX_MALFORMED_FRAMES = 100;
/** Frames in one second after which a connection is closed. */
export const MAX_FRAMES_A_SECOND = 500;
/** Bytes that may wait for a slow client before its connection is closed. */
export const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** The least wall time between two FUNDING_UPDATEs of one connection. */
export const FUNDING_UPDATE_EVERY_MS = 100;
/** A command that takes longer is answered `accepted` and goes on as an operation (R8.8 allows 5 s). */
export const ACCEPTED_AFTER_MS = 2_000;
