/** Addresses of the test cluster: Drift's and the mints' as on mainnet, so that clients needn't be told otherwise. */
export const DRIFT_PROGRAM = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';
export const PYTH_PROGRAM = 'FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH';

export const MINTS = {
  USDC: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  SOL: 'So11111111111111111111111111111111111111112',
} as const;
export const USDC_DECIMALS = 6;

/** Pyth's accounts of the push oracle, as mainnet had them. */
export const ORACLES = {
  SOL: 'H6ARHf6YXhGYeQfUzQNGk6rDNnLBQKrenN712K4AQJEG',
  USDC: 'Gnt27xtC473ZT2Mw5u8wZ68Z3gULkSTb5DuxJy7eJotD',
} as const;
export type OracleAsset = keyof typeof ORACLES;
