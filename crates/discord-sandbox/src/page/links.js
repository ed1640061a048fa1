// Which addresses of foreign data may become a link. Everything else stays text.

/** The address, when it is an absolute http(s) one; otherwise null. */
export function webAddress(address) {
  if (typeof address !== 'string') return null;
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** What a reader may know of a picture's origin: its host, or the file that a message carries. */
export function originOf(address) {
  try {
    const url = new URL(address);
    if (url.protocol === 'attachment:') return decodeURIComponent(url.host + url.pathname);
    return url.host;
  } catch {
    return '';
  }
}
