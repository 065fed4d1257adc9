// A slider beside the field of an income: it shows itself, moves the field, and follows the picture that comes back.
(() => {
  const mover = document.getElementById("mover");
  const field = document.getElementById("income");
  if (!mover || !field) return;
  const slider = mover.querySelector("input");
  const per = document.getElementById("per");

  const say = () => slider.setAttribute("aria-valuetext", "$" + Number(slider.value).toLocaleString("en-US"));

  const follow = () => {
    const picture = document.getElementById("incomes");
    mover.hidden = !picture;
    if (!picture || document.activeElement === slider) return;
    slider.max = Math.floor(picture.dataset.top / 100);
    slider.value = Math.round((picture.dataset.moved || picture.dataset.income) / 100);
    say();
  };

  slider.addEventListener("input", () => {
    if (per) per.value = "year";
    field.value = slider.value;
    say();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  slider.addEventListener("change", (event) => event.stopPropagation()); // the field has said it already
  document.addEventListener("htmx:afterSwap", follow);
  follow();
})();
