// The addresses of untrusted data that can become links. All others stay text.

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

/** The displayed origin of a picture: its host, or the file of the message. */
export function originOf(address) {
  try {
    const url = new URL(address);
    if (url.protocol === 'attachment:') return decodeURIComponent(url.host + url.pathname);
    return url.host;
  } catch {
    return '';
  }
}
