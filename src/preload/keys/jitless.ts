import { z } from 'zod';

// Nothing here evaluates text as code, which zod would try in order to read faster. Imported before everything that
// holds a schema.
z.config({ jitless: true });
