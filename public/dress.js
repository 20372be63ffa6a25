// Before the first picture: the shell as this phone has the app. The program says the same again once it is here, and
// keeps what is read here (src/store/small.rs). The build puts this into the page, at the end of the shell, and its hash
// into the page's policy: as a file of its own it kept the first text waiting for an answer (xtask/src/dist/inlined.rs).
{
  const page = document.documentElement;
  const shell = document.querySelector(".shell");
  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`bothways.${name}`));
    } catch {
      return null; // storage is blocked
    }
  };

  const { scheme, large_text: large, language } = kept("appearance") ?? {};
  if (scheme) page.dataset.scheme = scheme;
  if (large) page.dataset.text = "large";
  const offered = page.dataset.languages.split(" ");
  const spoken = [language, ...navigator.languages].map((tag) => tag?.split("-")[0]);
  if ((spoken.find((tag) => offered.includes(tag)) ?? page.lang) !== page.lang) shell.dataset.wordless = "";
  // Whoever has written here knows what this is.
  if (kept("begun")) shell.querySelector(".welcome").hidden = true;

  // A tap on the bar is answered here already, by the room's name; the program begins in that room.
  const follow = () => {
    const here = location.hash.replace(/^#?\/?$/, "#/today");
    const links = [...shell.querySelectorAll(".bar-link, .top-us")];
    for (const link of links) {
      if (link.hash === here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    shell.querySelector("h1").textContent = links.find((link) => link.hash === here)?.textContent.trim() ?? "";
    shell.querySelector(".shell-today").hidden = here !== "#/today";
  };
  if (location.hash) follow();
  addEventListener("hashchange", follow);
}
