import { Button } from '@mantine/core';
import { IconHandOff } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { goTo } from '../../shell/useScreen.ts';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';

/** Live, the market of paper would only mislead, and an order by hand would be netted with the engine's. */
export const LiveTradeNote = () => (
  <div className={screen.screen}>
    <ScreenHead title="Trade" about="by hand" />
    <Panel title="Orders">
      <EmptyState
        Icon={IconHandOff}
        title="Live, only the engine trades"
        action={
          <Button variant="default" onClick={() => goTo('dashboard')}>
            To the dashboard
          </Button>
        }
      >
        The venue would net what you trade by hand with what the engine holds. Its positions are on the
        dashboard; what it did, and why, is in Events. Back in the simulation you can trade by hand again.
      </EmptyState>
    </Panel>
  </div>
);
