import { Group, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { DialogExamples } from './DialogExamples.tsx';
import { DashboardExample } from './DashboardExample.tsx';
import { EquityExamples } from './EquityExamples.tsx';
import { ErrorExamples } from './ErrorExamples.tsx';
import { FeedExamples } from './FeedExamples.tsx';
import { FigureExamples } from './FigureExamples.tsx';
import { InputExamples } from './InputExamples.tsx';
import { LiveExamples } from './LiveExamples.tsx';
import { MarketExamples } from './MarketExamples.tsx';
import { MeterExamples } from './MeterExamples.tsx';
import { PositionExamples } from './PositionExamples.tsx';
import { StateExamples } from './StateExamples.tsx';
import { TileExamples } from './TileExamples.tsx';
import { WalletExamples } from './WalletExamples.tsx';
import styles from './Gallery.module.css';

/** Every component in every state, for developers and for the pictures that reviews look at. */
export function Gallery() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <main className={styles.gallery}>
      <Group component="header" justify="space-between">
        <h1>Gallery</h1>
        <SegmentedControl
          aria-label="Colour scheme"
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme === 'dark' || scheme === 'light' ? scheme : 'auto')}
          data={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'auto', label: 'System' },
          ]}
        />
      </Group>
      <DashboardExample />
      <StateExamples />
      <FigureExamples />
      <TileExamples />
      <MeterExamples />
      <EquityExamples />
      <MarketExamples />
      <FeedExamples />
      <PositionExamples />
      <WalletExamples />
      <LiveExamples />
      <ErrorExamples />
      <InputExamples />
      <DialogExamples />
    </main>
  );
}
