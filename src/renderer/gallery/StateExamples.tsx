import { Group } from '@mantine/core';
import { ENGINE_STATES } from '../../shared/contract/engineStatus.ts';
import { ModeBadge } from '../components/ModeBadge.tsx';
import { StateBadge } from '../components/StateBadge.tsx';
import { Section } from './Section.tsx';

export function StateExamples() {
  return (
    <Section title="Mode and state">
      <Group>
        <ModeBadge mode="paper" />
        <ModeBadge mode="live" />
      </Group>
      <Group gap="sm">
        {ENGINE_STATES.map((state) => (
          <StateBadge key={state} state={state} />
        ))}
      </Group>
    </Section>
  );
}
