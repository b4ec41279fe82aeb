// Counts the changes of page within a document: apart from the router, since every page looks at it and few change.
import { signal } from "@preact/signals";

/** How many times the page has changed since the document was loaded; focus moves only after the first. */
export const navigations = signal(0);
