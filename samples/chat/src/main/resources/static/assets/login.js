import { get, post, postForm } from "./api.js";

async function logIn(username, password) {
  await postForm("login", { username, password });
  location.assign("./");
}

/** Does the form's work, and shows why it did not. */
function handle(form, work) {
  const problem = form.querySelector(".problem");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (refusal) {
      problem.textContent = refusal.status === 401 ? "The name or the password is not right." : refusal.message;
      button.disabled = false;
    }
  });
}

handle(document.getElementById("log-in"), ({ username, password }) => logIn(username, password));

handle(document.getElementById("sign-up"), async ({ name, password }) => {
  await post("api/accounts", { name, password });
  await logIn(name, password);
});

// there are demo accounts only with the local engine
const demo = await get("api/accounts/demo");
document.getElementById("demo").classList.toggle("shown", demo.length > 0);
