import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconHandStop } from '@tabler/icons-react';
import { useStatus } from '../live/liveStore.ts';
import { useUnderWay } from './acts.ts';
import { useEngineActs } from './useEngineActs.ts';
import styles from './Header.module.css';

/** Stops all trading with one click, on every screen. It is released in the banner, away from here. */
export function SosControl() {
  const halted = useStatus((status) => status.state === 'halted') ?? false;
  const { sos } = useEngineActs();
  const stopping = useUnderWay('sos');
  return (
    <span className={styles.sos}>
      {halted ? (
        // Nothing that undoes it may lie where it was pressed: a second click must not release what the first has halted.
        <Button
          size="compact-md"
          color="danger"
          disabled
          leftSection={<IconHandStop size={16} aria-hidden />}
        >
          Halted
        </Button>
      ) : (
        <Button
          size="compact-md"
          color="danger"
          loading={stopping}
          leftSection={<IconHandStop size={16} aria-hidden />}
          title="Stops all trading and cancels all orders at once (Ctrl+Shift+X). Positions stay."
          onClick={() => sos(false)}
        >
          SOS
        </Button>
      )}
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button
            className={styles.more ?? ''}
            size="compact-md"
            px={5}
            color="danger"
            variant={halted ? 'default' : 'filled'}
            aria-label="More ways to stop"
          >
            <IconChevronDown size={15} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {halted ? null : (
            <Menu.Item onClick={() => sos(false)}>
              <strong>SOS</strong>
              <br />
              Stop trading and cancel all orders. Positions stay.
            </Menu.Item>
          )}
          <Menu.Item onClick={() => sos(true)}>
            <strong>SOS and close both legs</strong>
            <br />
            The same, then sell the spot and buy back the short at the market.
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
