import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { PayloadOf } from '../../shared/contract/commands.ts';
import { useApi } from '../api/apiContext.ts';
import { useConnectionKind } from '../live/liveStore.ts';
import { act, useUnderWay } from '../shell/acts.ts';
import { sayDone } from '../shell/notices.ts';

type Export = PayloadOf<'EXPORT_HISTORY'>;

interface ExportMenuProps {
  readonly choices: readonly (Export & { readonly label: string })[];
}

/** Writes a whole history into a file, and says where. */
export function ExportMenu({ choices }: ExportMenuProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const exporting = useUnderWay('export');
  const write = ({ kind, format }: Export): void =>
    void act('export', 'The history was not exported', async () => {
      const { path, rows } = await api.send('EXPORT_HISTORY', { kind, format });
      sayDone(`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row was' : 'rows were'} written to:`, path);
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          loading={exporting}
          disabled={!connected}
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item key={choice.label} onClick={() => write(choice)}>
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
