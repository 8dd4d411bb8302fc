import type { StepName } from '../../../shared/contract/ceremony.ts';
import type { Screen } from '../stepView.ts';
import { choosePlaceScreen, sourceScreen, wordsScreen } from './chooseScreens.ts';
import { confirmOwnerScreen } from './confirmOwnerScreen.ts';
import { confirmWordScreen } from './confirmWordScreen.ts';
import { enterFileScreen } from './enterFileScreen.ts';
import { enterPhraseScreen } from './enterPhraseScreen.ts';
import { enterSecretKeyScreen } from './enterSecretKeyScreen.ts';
import { nameScreen } from './nameScreen.ts';
import { newPassphraseScreen } from './newPassphraseScreen.ts';
import { passphraseScreen } from './passphraseScreen.ts';
import { showPhraseScreen } from './showPhraseScreen.ts';

/** A key is exported on the terminal only, so these two steps have no screen. */
export type WindowStep = Exclude<StepName, 'confirmExport' | 'showSecretKey'>;

const SCREENS: { readonly [Name in WindowStep]: Screen<Name> } = {
  name: nameScreen,
  confirmOwner: confirmOwnerScreen,
  words: wordsScreen,
  showPhrase: showPhraseScreen,
  confirmWord: confirmWordScreen,
  source: sourceScreen,
  enterPhrase: enterPhraseScreen,
  enterSecretKey: enterSecretKeyScreen,
  enterFile: enterFileScreen,
  choosePlace: choosePlaceScreen,
  newPassphrase: newPassphraseScreen,
  passphrase: passphraseScreen,
};

/** The screen of a step; undefined for one that only a terminal has. */
export function screenOf(name: StepName): Screen<StepName> | undefined {
  return name in SCREENS ? SCREENS[name as WindowStep] : undefined;
}
