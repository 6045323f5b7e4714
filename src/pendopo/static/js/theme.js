// Light or dark without loading the page again, so that nothing typed is lost. Without this file the links still work.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-themes] a");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const theme = new URL(link.href).searchParams.get("tema");
  const age = theme === "auto" ? 0 : 31536000;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `tema=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const other of document.querySelectorAll("[data-themes] a")) {
    if (new URL(other.href).searchParams.get("tema") === theme) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
});
