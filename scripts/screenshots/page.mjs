/** A comment in a pull request, in the manner of GitHub. @param {string} comment as HTML */
export const page = (comment) => `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.5 "Liberation Sans", Helvetica, Arial, sans-serif; }
  main { display: flex; gap: 14px; padding: 12px 14px 14px; }
  .face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #24292f; color: #fff;
    font: bold 15px/40px "Liberation Sans", sans-serif; text-align: center; }
  .box { flex: 1; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  .head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; }
  .head b { color: #1f2328; }
  .tag { border: 1px solid #d1d9e0; border-radius: 1em; padding: 0 7px; font-size: 12px; margin-left: 4px; }
  .body { padding: 12px 16px 2px; }
  p { margin: 0 0 10px; }
  h3 { font-size: 16px; line-height: 1.25; margin: 14px 0 8px; }
  table { border-collapse: collapse; margin: 0 0 10px; }
  th, td { border: 1px solid #d1d9e0; padding: 3px 11px; text-align: left; }
  th { font-weight: 600; }
  tbody tr:nth-child(2n) { background: #f6f8fa; }
  ul { margin: 0 0 10px; padding-left: 2em; }
  blockquote { margin: 0 0 14px; padding: 0 1em; color: #59636e; border-left: 0.25em solid #d1d9e0; }
</style>
<main>
  <div class="face">gh</div>
  <div class="box">
    <div class="head"><b>github-actions</b> <span class="tag">bot</span> commented on this pull request</div>
    <div class="body">${comment}</div>
  </div>
</main>`;
