import { z } from 'zod';

const nonce = z.string().regex(/^[0-9a-f]{32,128}$/, 'hexadecimal');
const proof = z.string().regex(/^[0-9a-f]{64}$/, 'hexadecimal HMAC-SHA256');

/** The loopback socket's first words, before which nothing else is answered. */
export const helloFrame = z.strictObject({ type: z.literal('HELLO'), protocol: z.number().int(), nonce });
export const authFrame = z.strictObject({ type: z.literal('AUTH'), nonce, proof });
export const welcomeFrame = z.strictObject({ type: z.literal('WELCOME'), proof, instanceId: z.string() });

export type HelloFrame = z.infer<typeof helloFrame>;
export type AuthFrame = z.infer<typeof authFrame>;
export type WelcomeFrame = z.infer<typeof welcomeFrame>;

/** What a client proves with: that it knows the key, to this server, now. */
export const clientProofText = (serverNonce: string, clientNonce: string): string =>
  `client:${serverNonce}:${clientNonce}`;

/** What the server proves with, so that no other program on the port gets commands. */
export const serverProofText = (clientNonce: string, serverNonce: string): string =>
  `server:${clientNonce}:${serverNonce}`;
