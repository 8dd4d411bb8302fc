/** Why there can be no keychain for the tests, in one sentence; undefined where there can. */
export function whyNoKeyring(): string | undefined;
export function readyKeyring(): void;
