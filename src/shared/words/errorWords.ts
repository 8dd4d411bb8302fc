import type { ErrorCode } from '../contract/errorCodes.ts';

export interface ErrorWords {
  /** What it means for the user's money. */
  readonly money: string;
  /** What to do now. */
  readonly todo: string;
}

const UNTOUCHED = 'Nothing was traded or moved.';
const NO_WALLET_STORED = 'No wallet was stored. Nothing was traded or moved.';
const ASK_AGAIN = 'Try again. If it comes back, copy this error and the log.';

/** For every error: what it means for the money, and what to do. What happened is in the error's own message. */
export const ERROR_WORDS: Readonly<Record<ErrorCode, ErrorWords>> = {
  INVALID_PAYLOAD: {
    money: UNTOUCHED,
    todo: 'Check what you entered. If this page was open for long, reload it.',
  },
  INVALID_OPTION: { money: UNTOUCHED, todo: 'Correct the option and start again.' },
  INVALID_SETTING: {
    money: 'No setting was changed. Nothing was traded.',
    todo: 'Enter a value in the range that is shown beside the field.',
  },
  SETTINGS_CONFLICT: {
    money: 'Your changes were not saved. The settings of the other window hold.',
    todo: 'Look at what differs, then save again or discard your changes.',
  },
  INVALID_SCRIPT: { money: UNTOUCHED, todo: 'Correct the script at the line that is named.' },
  INVALID_DATA_FILE: {
    money: 'The file was not taken. The vault is as it was.',
    todo: 'Correct the row that is named, then choose the file again.',
  },
  MARKET_ENDED: {
    money: 'The vault stands as it was at the end of the recording. Nothing more is traded.',
    todo: 'Look at the result, or reset the vault to begin again.',
  },
  UNKNOWN_COMMAND: { money: UNTOUCHED, todo: 'Reload the page: it may be older than the program.' },
  UNAUTHORIZED: { money: UNTOUCHED, todo: 'Open the address that is printed on the terminal.' },
  UNKNOWN_MARKET: { money: UNTOUCHED, todo: 'Choose a market that the venue lists.' },
  UNKNOWN_ORDER: { money: UNTOUCHED, todo: 'Look at the open orders: it may have been filled or cancelled.' },
  UNKNOWN_SUBACCOUNT: {
    money: UNTOUCHED,
    todo: 'Choose a sub-account that the wallet has, or create one.',
  },
  INVALID_SIZE: { money: UNTOUCHED, todo: 'Use an amount that the message allows.' },
  INVALID_PRICE: { money: UNTOUCHED, todo: 'Use a price on the tick.' },
  INVALID_TRIGGER: {
    money: 'The order was not placed.',
    todo: 'Use a trigger that the market has not passed yet, or conditions that this account can watch.',
  },
  PRICE_OUT_OF_BAND: {
    money: 'The order was not placed: so far from the market, its price may be a slip of the keyboard.',
    todo: 'Use a price nearer to the market.',
  },
  ORDER_NOT_OPEN: {
    money: 'Nothing was changed. What the order had filled stays filled.',
    todo: 'Look at the order history for how it ended; place a new order if you still want one.',
  },
  NOT_FILLED: {
    money: 'None of it was filled, and nothing rests.',
    todo: 'Use a smaller size, a price further into the book, or let it fill in part: IOC.',
  },
  SELF_TRADE: {
    money: 'It would have traded with your own order. Nothing was traded, and the order that rests stays.',
    todo: 'Cancel the order of yours that stands in the way, or use a price that does not reach it.',
  },
  TOO_MANY_ORDERS: {
    money: 'The order was not placed. Those that are open stay.',
    todo: 'Cancel some of the open orders first.',
  },
  POST_ONLY_WOULD_CROSS: {
    money: 'The order was not placed.',
    todo: 'Use a price further from the market, or allow taking.',
  },
  REDUCE_ONLY_WOULD_INCREASE: {
    money: 'The order was not placed.',
    todo: 'Use a size that is no larger than the position.',
  },
  ENGINE_NOT_RUNNING: { money: 'Positions stay as they are.', todo: 'Start the engine first.' },
  ENGINE_ALREADY_RUNNING: { money: 'The engine goes on as it was.', todo: 'Nothing needs to be done.' },
  INSUFFICIENT_BALANCE: { money: UNTOUCHED, todo: 'Use a smaller amount.' },
  INSUFFICIENT_COLLATERAL: {
    money: 'The trade was not made; positions stay.',
    todo: 'Deposit collateral, or use a smaller size.',
  },
  MINIMUM_COLLATERAL: {
    money: 'Nothing was withdrawn.',
    todo: 'Withdraw less, or let the engine close first.',
  },
  HEALTH_TOO_LOW: {
    money: 'What would have lowered health further was not done. Positions stay.',
    todo: 'Deposit collateral, use a smaller amount, or close positions.',
  },
  LEVERAGE_EXCEEDED: {
    money: 'The trade was not made; positions stay.',
    todo: 'Use a smaller size, or deposit collateral.',
  },
  UNPROFITABLE: {
    money: 'The trade was not made. That saved its cost.',
    todo: 'Nothing needs to be done: the engine asks again when funding changes.',
  },
  LATENCY_TOO_HIGH: {
    money: 'No new risk is taken. Positions stay and can be reduced.',
    todo: 'Wait, or look at the connection to the venue.',
  },
  INSUFFICIENT_GAS: {
    money: 'No new risk is taken, so that enough SOL is left for getting out.',
    todo: 'Send some SOL to the wallet.',
  },
  STALE_PRICE: {
    money: 'The trade was not made: its price could not be trusted.',
    todo: 'Wait: the engine asks again at the next price.',
  },
  CONFIRMATION_REQUIRED: { money: UNTOUCHED, todo: 'Look at the trade, and confirm it if you want it.' },
  CONFIRMATION_EXPIRED: { money: UNTOUCHED, todo: 'Ask for the trade again: prices have moved on.' },
  CONFIRMATION_USED: {
    money: 'The trade that you confirmed was made once. Nothing was traded a second time.',
    todo: 'Look at what became of it. If you want another one like it, ask for it anew.',
  },
  CONFIRMATION_DECLINED: {
    money: UNTOUCHED,
    todo: 'Nothing, unless you want the trade: then ask for it anew.',
  },
  CONFIRMATION_MISMATCH: {
    money: UNTOUCHED,
    todo: 'Compare the two trades in the message, and ask for the one that you want.',
  },
  CONFIRMATION_UNKNOWN: { money: UNTOUCHED, todo: 'Ask for the trade again, and confirm it.' },
  SIMULATION_FAILED: {
    money: 'The order was not sent.',
    todo: 'Read the reason of the venue in the message.',
  },
  CONFIRMATION_TIMEOUT: {
    money: 'It may have been executed. The engine asks the venue, and sends nothing twice.',
    todo: 'Wait until the outcome is known; it appears in Events.',
  },
  OUTCOME_UNKNOWN: {
    money: 'It may or may not have been done. Nothing is sent twice.',
    todo: 'Look at Events and at the vault before you do it again.',
  },
  RATE_LIMITED: { money: 'Nothing was lost.', todo: 'Wait a moment, then try again.' },
  VENUE_UNAVAILABLE: {
    money: 'Nothing is traded until the venue answers. Positions stay.',
    todo: 'Wait: the engine asks again by itself.',
  },
  WRONG_NETWORK: {
    money: 'Nothing was sent. Positions stay.',
    todo: 'Enter the address of a node of the network that you trade on, in the settings.',
  },
  VENUE_CLOSED: {
    money: 'The venue takes no more orders. Positions stay there.',
    todo: 'Read what the venue says about withdrawals.',
  },
  NOT_SUPPORTED: { money: UNTOUCHED, todo: 'This version cannot do that.' },
  WALLET_MISSING: { money: UNTOUCHED, todo: 'Create or import a wallet first.' },
  WALLET_LOCKED: { money: UNTOUCHED, todo: 'Unlock the wallet.' },
  WALLET_INVALID_PHRASE: {
    money: NO_WALLET_STORED,
    todo: 'Compare what you typed with what you wrote down, word for word.',
  },
  WALLET_INVALID_KEY: {
    money: NO_WALLET_STORED,
    todo: 'Export the secret key from the other wallet again, and copy all of it.',
  },
  WALLET_INVALID_FILE: {
    money: NO_WALLET_STORED,
    todo: 'Choose a keypair file as solana-keygen writes it.',
  },
  WALLET_FILE_UNREADABLE: {
    money: NO_WALLET_STORED,
    todo: 'Check where the file is, and who may read it.',
  },
  WALLET_KEY_MISMATCH: {
    money: NO_WALLET_STORED,
    todo: 'Use another copy of the key, or the recovery phrase. Never send money to the address of this one.',
  },
  WALLET_UNKNOWN: { money: UNTOUCHED, todo: 'Choose one of the wallets that are listed.' },
  WALLET_EXISTS: { money: UNTOUCHED, todo: 'Use the wallet that is there; it can be renamed.' },
  WALLET_INVALID_NAME: { money: UNTOUCHED, todo: 'Use a name that the message allows.' },
  WALLET_INVALID_ADDRESS: { money: UNTOUCHED, todo: 'Copy the whole address from where it is shown.' },
  WALLET_WATCH_ONLY: {
    money: 'Its key is not here, so nothing can be signed for it.',
    todo: 'Import its key, or choose another wallet.',
  },
  WALLET_NOT_CONFIRMED: { money: UNTOUCHED, todo: 'Begin again when you are sure.' },
  WALLET_WRONG_PASSPHRASE: {
    money: 'The wallet stays locked. Nothing was signed.',
    todo: 'Type the passphrase again. Without it, only the recovery phrase brings the wallet back.',
  },
  WALLET_TRY_LATER: {
    money: 'The wallet stays locked. Nothing was signed.',
    todo: 'Wait as long as the message says, then try again.',
  },
  WALLET_INVALID_PASSPHRASE: {
    money: 'The wallet is protected as it was before. Nothing was traded or moved.',
    todo: 'Choose a passphrase that the message allows, and repeat it.',
  },
  WALLET_KEY_DAMAGED: {
    money: 'Nothing can be signed with it. Your money stays where it is.',
    todo: 'Remove the wallet, then import it from its recovery phrase.',
  },
  KEYCHAIN_UNAVAILABLE: {
    money: 'No key was read, stored or used.',
    todo: 'Do what the message says of the keychain, then try again.',
  },
  SIGNER_UNAVAILABLE: {
    money: 'Nothing was signed.',
    todo: 'Wait a moment; it starts again by itself, and comes back locked.',
  },
  TRANSACTION_REFUSED: {
    money: 'Nothing was signed or sent.',
    todo: 'Nothing needs to be done. If you did not expect it, stop the engine and copy this error.',
  },
  TERMINAL_REQUIRED: {
    money: UNTOUCHED,
    todo: 'Run the command in a terminal of your own, without a pipe.',
  },
  HALTED: {
    money: 'Nothing is traded until SOS is released. Positions stay as they are.',
    todo: 'Release SOS when you want the engine to go on.',
  },
  RECOVERING: {
    money: 'Nothing is traded until books and venue agree.',
    todo: 'Wait: it takes a few seconds.',
  },
  DIFFERENCES_CHANGED: {
    money: 'Nothing was taken into the books, and nothing was traded.',
    todo: 'Read what differs now. Accept it if you know where it comes from.',
  },
  SUBACCOUNT_NOT_OWN: {
    money: UNTOUCHED,
    todo: 'Close or move out what is named, or give the engine a sub-account of its own.',
  },
  TRADING_DISABLED: {
    money: 'Nothing is traded until the vault is in sync.',
    todo: 'Sync the vault. If it disagrees again, copy this error and the log.',
  },
  CLOCK_WRONG: {
    money: UNTOUCHED,
    todo: "Set the computer's clock by the network. If it is right, wait until the chain goes on.",
  },
  DATA_FOLDER_IN_USE: {
    money: 'The other instance goes on undisturbed.',
    todo: 'Close the other instance, or use another data folder.',
  },
  DATA_FOLDER_UNWRITABLE: {
    money: 'Nothing is traded that cannot be written down.',
    todo: 'Free some space, or give the program the right to write there.',
  },
  RUN_MISMATCH: { money: UNTOUCHED, todo: 'Use the settings of that run, or another data folder.' },
  DATABASE_CORRUPT: {
    money: 'The program stopped before it could act on wrong numbers.',
    todo: 'Restore the latest backup.',
  },
  DATABASE_TOO_NEW: { money: UNTOUCHED, todo: 'Use the newer version of the program.' },
  NODE_TOO_OLD: { money: UNTOUCHED, todo: 'Start the program with npm, as the README says.' },
  PORT_IN_USE: { money: UNTOUCHED, todo: 'Close what uses the port, or start with another one: --port.' },
  KEY_FILE_INVALID: {
    money: UNTOUCHED,
    todo: 'Delete the key file in the data folder and start again: a new one is written.',
  },
  BUILD_FAILED: { money: UNTOUCHED, todo: 'Read the message of the build, and run npm ci again.' },
  NOT_SENT: {
    money: 'Nothing was done. The engine goes on as it was.',
    todo: 'Once the program is connected, look whether it is still wanted, and do it again.',
  },
  CANCELLED: { money: 'What was done before it was ended stays done.', todo: 'Nothing needs to be done.' },
  INTERNAL: {
    money: 'The engine is kept from acting on what it does not understand. Positions stay.',
    todo: ASK_AGAIN,
  },
};
