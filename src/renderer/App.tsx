import { QueryClientProvider } from '@tanstack/react-query';
import { ApiProvider } from './api/apiContext.ts';
import { pageTransport } from './api/pageTransport.ts';
import { queryClient } from './api/queries.ts';
import { beginSession } from './live/session.ts';
import { sayByHand } from './shell/notices.ts';
import { Shell } from './shell/Shell.tsx';
import { ThemeProvider } from './theme/ThemeProvider.tsx';

const api = beginSession(pageTransport(), sayByHand);

/** The whole window. The connection begins before anything is drawn: the numbers are there sooner. */
export function App() {
  return (
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <ApiProvider value={api}>
          <Shell />
        </ApiProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
