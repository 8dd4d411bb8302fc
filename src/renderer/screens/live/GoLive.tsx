import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { goTo } from '../../shell/useScreen.ts';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { useWallets } from '../wallet/useWallets.ts';
import { AccountStep } from './AccountStep.tsx';
import { ChecksStep } from './ChecksStep.tsx';
import { changed, FIRST_DRAFT, stepBeside, type GoLiveDraft, type StepName } from './goLiveSteps.ts';
import { LimitsStep } from './LimitsStep.tsx';
import { ownerIn } from './ownerIn.ts';
import { StepRail } from './StepRail.tsx';
import type { StepProps } from './stepProps.ts';
import { TypeLiveStep } from './TypeLiveStep.tsx';
import { WalletStep } from './WalletStep.tsx';
import styles from './GoLive.module.css';

/** From paper to real money, a step at a time. Nothing has changed before the last one. */
export function GoLive() {
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const [step, setStep] = useState<StepName>('wallet');
  const panel = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  const { data: wallets, error } = useWallets();
  useEffect(() => {
    // Whoever came by a button of the step before finds the focus on the next one.
    if (!isFirst.current) {
      panel.current?.focus({ preventScroll: true });
      document.getElementById('screen')?.scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [step]);
  const go = (by: 1 | -1) => (): void => {
    const beside = stepBeside(draft.purpose, step, by);
    if (beside !== undefined) setStep(beside);
  };
  const props: StepProps = {
    draft,
    owner: ownerIn(draft, wallets),
    wallets,
    walletsError: error,
    change: (change: Partial<GoLiveDraft>) => setDraft((before) => changed(before, change)),
    next: go(1),
    back: go(-1),
  };
  return (
    <div className={screen.screen}>
      <ScreenHead
        title="Go live"
        about="Nothing changes before the last step. Leave whenever you like."
        actions={
          <Button size="compact-md" variant="default" onClick={() => goTo('dashboard')}>
            Leave
          </Button>
        }
      />
      <div className={styles.columns}>
        <StepRail draft={draft} step={step} wallets={wallets} onStep={setStep} />
        <div ref={panel} className={styles.panel} tabIndex={-1} role="group" aria-label={`Step: ${step}`}>
          <Step step={step} {...props} />
        </div>
      </div>
    </div>
  );
}

function Step({ step, ...props }: StepProps & { readonly step: StepName }) {
  switch (step) {
    case 'wallet':
      return <WalletStep {...props} />;
    case 'account':
      return <AccountStep {...props} />;
    case 'checks':
      return <ChecksStep {...props} />;
    case 'limits':
      return <LimitsStep {...props} />;
    case 'live':
      return <TypeLiveStep {...props} />;
  }
}
