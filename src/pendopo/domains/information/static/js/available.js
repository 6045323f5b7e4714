// What is public already is looked for while somebody types. Without this file the next step shows the same.
const form = document.querySelector("[data-available]");
const place = document.getElementById("tersedia");
if (form && place) {
  let timer = 0;
  let asked = "";
  const look = async () => {
    const words = form.elements.details.value.trim();
    if (words === asked || words.length < 4) return;
    asked = words;
    const body = new FormData();
    body.set("details", words.slice(0, 1000));
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.available, { method: "POST", body });
      if (answer.ok && words === asked) place.innerHTML = await answer.text();
    } catch (error) {
      // A lost connection must not disturb who writes.
    }
  };
  form.elements.details.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 700);
  });
}
