// Pictures of whole pages are for people: CAPTURES=1 takes them all. Nothing is judged on them.
export const picture = (page, path) => process.env.CAPTURES ? page.screenshot({ path, fullPage: true }) : null;
