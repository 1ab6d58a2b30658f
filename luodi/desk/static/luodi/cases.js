// Forms about cases. Everything works without this file; it adds rows without asking the server, and shows only the posts of the
// unit that was chosen.
(function () {
  "use strict";

  // five more rows of a table of duties: the last one copied, emptied, numbered on
  Array.prototype.forEach.call(document.querySelectorAll("[data-ld-rows]"), function (table) {
    var more = table.parentNode.querySelector("button[name=more]");
    if (!more) { return; }
    more.addEventListener("click", function (event) {
      event.preventDefault();
      var last = table.lastElementChild;
      var first = null;
      for (var made = 0; made < 5; made += 1) {
        var from = table.children.length;
        var row = last.cloneNode(true);
        Array.prototype.forEach.call(row.querySelectorAll("input"), function (field) {
          field.value = "";
          field.id = field.id.replace(/\d+$/, String(from + 1));
        });
        Array.prototype.forEach.call(row.querySelectorAll("label"), function (label) {
          label.htmlFor = label.htmlFor.replace(/\d+$/, String(from + 1));
        });
        Array.prototype.forEach.call(row.querySelectorAll("p, .ld-hide"), function (words) {
          words.textContent = words.textContent.replace(/\d+/, String(from + 1));
        });
        table.appendChild(row);
        first = first || row;
      }
      first.querySelector("input").focus();
    });
  });

  // the posts of the unit that does the work; all of them while none is chosen
  var unit = document.getElementById("unit");
  var post = document.getElementById("post");
  if (unit && post) {
    var groups = Array.prototype.slice.call(post.querySelectorAll("optgroup"));
    var narrow = function () {
      var name = unit.value ? unit.options[unit.selectedIndex].textContent : "";
      groups.forEach(function (group) {
        var fits = !name || group.label === name;
        group.hidden = !fits;
        group.disabled = !fits;
      });
      var chosen = post.options[post.selectedIndex];
      if (chosen && chosen.parentNode.disabled) { post.value = ""; }
    };
    unit.addEventListener("change", narrow);
    narrow();
  }
})();
