import { z } from 'zod';

// The page's policy forbids evaluating text as code, which zod would try in order to read faster. Imported before
// everything that holds a schema.
z.config({ jitless: true });
