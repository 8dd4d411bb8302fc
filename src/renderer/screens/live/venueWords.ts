/** The one venue that live trading knows. */
export const VENUE = 'drift';

/** A venue as its users call it. */
export const venueWords = (venue: string): string => venue.charAt(0).toUpperCase() + venue.slice(1);
