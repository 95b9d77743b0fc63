// Shows what the shop tells this browser, and opens the page that it is about. It answers no request of a page and keeps nothing.
self.addEventListener("push", (event) => {
  const { title, body, link, tag, lang } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, lang, data: link, icon: "/favicon.svg" }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { href, origin } = new URL(event.notification.data, self.location.origin);
  if (origin === self.location.origin) event.waitUntil(show(href));
});

async function show(href) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find(({ url }) => url === href);
  await (open ? open.focus() : self.clients.openWindow(href));
}
