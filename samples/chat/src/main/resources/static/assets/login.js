import { get, post, postForm } from "./api.js";
import { $, existing } from "./dom.js";

/**
 * @param {string} username
 * @param {string} password
 */
async function logIn(username, password) {
  await postForm("login", { username, password });
  location.assign("./");
}

/**
 * Handles the submission of a form, and displays errors.
 * @param {HTMLFormElement} form
 * @param {(fields: Record<string, any>) => Promise<void>} work
 */
function handle(form, work) {
  const problem = existing(form.querySelector(".problem"));
  const button = existing(form.querySelector("button"));
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (refusal) {
      problem.textContent = refusal.status === 401 ? "The name or the password is not correct." : refusal.message;
      button.disabled = false;
    }
  });
}

handle($("log-in"), ({ username, password }) => logIn(username, password));

handle($("sign-up"), async ({ name, password }) => {
  await post("api/accounts", { name, password });
  await logIn(name, password);
});

// there are demo accounts only with the local engine
const demo = await get("api/accounts/demo");
$("demo").classList.toggle("shown", demo.length > 0);
