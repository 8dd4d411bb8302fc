import type { ReplyOf } from '../../shared/contract/commands.ts';
import type { ApiClient } from './apiClient.ts';
import { ApiError } from './apiError.ts';
import { textPieces } from './textPieces.ts';

export type MarketFileKind = 'candles' | 'funding';
export type TakenFile = NonNullable<ReplyOf<'IMPORT_MARKET_FILE'>['file']>;

interface UploadParts {
  readonly api: Pick<ApiClient, 'send'>;
  readonly upload: string;
  readonly kind: MarketFileKind;
  readonly file: Blob;
  /** A share from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Hands a CSV over piece by piece; the program checks it when the last has come. Throws the ApiError of a bad row. */
export async function sendMarketFile({
  api,
  upload,
  kind,
  file,
  onProgress,
}: UploadParts): Promise<TakenFile> {
  let sent = 0;
  try {
    for await (const piece of textPieces(file)) {
      const { file: taken } = await api.send('IMPORT_MARKET_FILE', { upload, kind, ...piece });
      sent += piece.text.length;
      onProgress(file.size === 0 ? 1 : Math.min(1, sent / file.size));
      if (taken !== null) return taken;
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw invalid('The file is not plain text in UTF-8, or it can no longer be read.');
  }
  throw invalid('The program did not say that the file is whole.');
}

const invalid = (message: string): ApiError =>
  new ApiError({ code: 'INVALID_DATA_FILE', message, details: {} });
