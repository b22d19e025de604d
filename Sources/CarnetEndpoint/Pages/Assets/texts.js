// The texts of the pages, in the reader's language; the endpoint makes them from its one catalogue.

const remembered = localStorage.getItem('carnet.language');
const asked = new URLSearchParams(location.search).get('lang');
if (asked === 'fr' || asked === 'en') localStorage.setItem('carnet.language', asked);
const chosen = asked ?? remembered;

export const language = chosen === 'fr' || chosen === 'en' ? chosen : document.documentElement.lang;
document.documentElement.lang = language;

const file = location.pathname === '/till' ? 'till-texts' : 'texts';
const { default: texts } = await import(`./${file}.${language}.js`);

/** The text of a name, with {0}, {1} … filled in. */
export function t(name, ...values) {
  const text = texts[name];
  if (text === undefined) throw new Error(`no text ${name}`);
  return text.replace(/\{([0-9])\}/g, (mark, index) => values[index] ?? mark);
}

/** A moment for people: day and time. */
export const moment = (time) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(time));

/** The other language, as a link that keeps the page. */
export function otherLanguage() {
  const link = document.createElement('a');
  const other = language === 'fr' ? 'en' : 'fr';
  Object.assign(link, { href: `?lang=${other}`, hreflang: other, lang: other, className: 'language' });
  link.textContent = t('otherLanguage');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    localStorage.setItem('carnet.language', other);
    location.replace(location.pathname + location.hash);
  });
  return link;
}
