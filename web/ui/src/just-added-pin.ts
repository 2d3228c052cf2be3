// The time at which this tab last sent a new pin, so that the map can bypass the browser's cache.

const storageKey = "pinezka.added";

/** Records that a new pin is being sent now. */
export const recordPinSent = (): void => sessionStorage.setItem(storageKey, String(Date.now()));

/** Returns when the last pin was sent, in ms since the epoch, or 0. */
export const pinSentAt = (): number => Number(sessionStorage.getItem(storageKey) ?? 0);
