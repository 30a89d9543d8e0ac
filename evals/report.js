"use strict";
const failedOnly = document.getElementById("failed-only");
const search = document.getElementById("search");
const articles = [...document.querySelectorAll("article")];
const texts = articles.map((article) => article.textContent.toLowerCase());

function show() {
  const wanted = search.value.trim().toLowerCase();
  let shown = 0;
  articles.forEach((article, place) => {
    const right = article.classList.contains("right");
    article.hidden = (failedOnly.checked && right) || !texts[place].includes(wanted);
    shown += article.hidden ? 0 : 1;
  });
  document.getElementById("shown").textContent = `${shown} shown`;
}

failedOnly.addEventListener("change", show);
search.addEventListener("input", show);
