/** Id of the link to the first node that is found: what Enter in the search field follows. */
export const FIRST_FOUND = "first-found";
