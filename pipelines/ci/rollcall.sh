#!/bin/sh
# What every pipeline runs, whichever host it is on: GitHub Actions, GitLab CI, Yunxiao Flow, Jenkins, or a person.
#
#   sh ci/rollcall.sh check [BASE]    validates all rosters; with BASE also tells who joins or leaves since then.
#                                     Needs no network, no credentials, no state.
#   sh ci/rollcall.sh preview STACK [BASE]
#                                     previews, saves the plan, and writes the report. With BASE it looks only at groups that
#                                     the change since then concerns. Needs the list-only role.
#   sh ci/rollcall.sh apply STACK     applies exactly the saved plan, whoever came or left since. Needs the list-and-delete role.
#   sh ci/rollcall.sh drift STACK     who joined, who left, who is awaited. Needs the list-only role.
#   sh ci/rollcall.sh import STACK    merges your people (ci/people.sh) into people.yaml. Needs no role.
#
# Everything is written below $ROLLCALL_OUT (default rollcall-out): diff.md, and for each stack plan.json, tree (of which
# files the plan is), since (the commit of BASE), report.md, drift.md, import.txt (the summary), import.patch. Plans and reports hold names and numbers: keep them as short as you can.
#
# SIGINT or SIGTERM to this script, as of a pipeline that is cancelled, stops the run in an orderly way: calls under way are
# finished, no more are sent, and the stack's lock is given back. Wait for it; a kill (SIGKILL) leaves the lock.
#
# Exit codes are those of `rollcall`: 0 clean, 1 failure, 2 usage, 3 invalid rosters, 4 removals and 5 other drift
# (drift only), 6 refused. A preview that plans removals is a good preview and ends with 0.
set -eu

cd "$(dirname "$0")/.."
out=${ROLLCALL_OUT:-rollcall-out}
# Programs of packages: those of this folder first, then those of the folders above, where a workspace has them.
folder=$PWD
bins=$folder/node_modules/.bin
while [ "$folder" != / ]; do
  folder=$(dirname "$folder")
  bins=$bins:${folder%/}/node_modules/.bin
done
PATH=$bins:$PATH
export PATH

main() {
  command=${1:-}
  [ $# -eq 0 ] || shift
  case $command in
    check) check "${1:-}" ;;
    preview | apply | drift | import)
      [ -n "${1:-}" ] || die 2 "$command needs a stack: sh ci/rollcall.sh $command prod"
      is_stack_name "$1" || die 2 "no stack can be called \"$1\": letters, digits, _ - and . can be in it, at most 100; organisation/project/ may stand before it"
      mkdir -p "$out/$1"
      "$command" "$1" "$out/$1" "${2:-}"
      ;;
    *) die 2 "usage: sh ci/rollcall.sh check [BASE] | preview STACK [BASE] | apply STACK | drift STACK | import STACK" ;;
  esac
}

# The rules of Pulumi. A name becomes a folder below $out, so no part of it may be empty, . or ..
is_stack_name() (
  LC_ALL=C
  case $1 in *[!A-Za-z0-9_./-]*) return 1 ;; esac
  case /$1/ in *//* | */./* | */../* | /*/*/*/*/*) return 1 ;; esac
  name=${1##*/}
  [ "${#name}" -le 100 ]
)

# The patch holds what an import may write and nothing else; it is empty when there is nothing to do.
import() {
  rm -f "$2/import.patch"
  code=0
  sh ci/people.sh "$1" >"$2/import.txt" || code=$?
  cat "$2/import.txt"
  [ "$code" -eq 0 ] || die "$code" "ci/people.sh ended with $code: nothing is proposed"
  for file in people.yaml people.import.json; do
    # New files, too, where there are any.
    git add --intent-to-add -- ":(glob)**/$file" 2>/dev/null || :
  done
  git diff --no-color --no-ext-diff -- ':(glob)**/people.yaml' ':(glob)**/people.import.json' >"$2/import.patch"
}

check() {
  command -v rollcall >/dev/null || die 1 "rollcall is not installed here: run \`npm ci --ignore-scripts\` first, or what pnpm or Yarn call it"
  format=text
  [ "${GITHUB_ACTIONS:-}" != true ] || format=github
  rollcall validate --format "$format"
  [ -n "$1" ] || return 0
  mkdir -p "$out"
  status=0
  rollcall diff --base "$1" --format markdown >"$out/diff.md" || status=$?
  # 4 tells that somebody would leave, which is what a review is for.
  case $status in 0 | 4) ;; *) exit "$status" ;; esac
  show "$out/diff.md"
}

preview() {
  clean_tree
  credentials
  rm -f "$2/plan.json" "$2/report.md" "$2/tree" "$2/since"
  if [ -n "$3" ]; then
    git rev-parse --verify --quiet "$3^{commit}" >"$2/since" || die 2 "git knows no revision $3 here: fetch it first (GitHub: fetch-depth: 0)"
  fi
  scope "$2"
  failed=0
  attended rollcall pulumi preview --stack "$1" --non-interactive --json --save-plan "$2/plan.json" >"$2/preview.json" || failed=$?
  status=0
  rollcall report "$2/preview.json" --format markdown >"$2/report.md" || status=$?
  rm -f "$2/preview.json"
  [ -z "$stopped" ] || die 1 "the preview was stopped by a signal; there is no plan"
  [ -s "$2/report.md" ] || echo "The preview of stack \`$1\` failed before it could tell anything. See the log." >"$2/report.md"
  git rev-parse 'HEAD^{tree}' >"$2/tree"
  [ "$failed" -ne 0 ] || printf '\n<sub>The plan is for the files of tree `%s`, and only for them.</sub>\n' "$(cat "$2/tree")" >>"$2/report.md"
  show "$2/report.md"
  [ -z "${GITHUB_OUTPUT:-}" ] || echo "tree=$(cat "$2/tree")" >>"$GITHUB_OUTPUT"
  case $status in
    0 | 4) [ "$failed" -eq 0 ] || exit 1 ;;
    6) die 6 "a guard refused: the report names what, and which setting permits it" ;;
    *) exit "$status" ;;
  esac
}

apply() {
  [ -s "$2/plan.json" ] && [ -s "$2/tree" ] || die 6 "there is no plan of stack $1 in $2. Nothing was applied: $again"
  clean_tree
  here=$(git rev-parse 'HEAD^{tree}')
  planned=$(cat "$2/tree")
  [ "$here" = "$planned" ] || die 6 "the plan of stack $1 is for other files (tree $planned, here is $here). Nothing was applied: $again"
  credentials
  # The program itself holds the plan against rosters and state before anything is done, and takes one roll call.
  ROLLCALL_PLAN=$2/plan.json
  export ROLLCALL_PLAN
  attended rollcall pulumi up --stack "$1" --plan "$2/plan.json" --skip-preview --yes --non-interactive && return 0
  [ -z "$stopped" ] || die 1 "up was stopped by a signal, and nobody was asked for after it. The log tells what was done before. To go on, $again"
  die 1 "up failed, and the log says why. Whatever is not in the plan was not done. For what was not done of it, $again"
}

# Runs a command, passes a signal on to it, and waits for its end. A shell that waits for a command in the foreground would
# keep the signal for itself. `rollcall pulumi` is the CLI, which npm's launcher of it would leave alone at a signal.
attended() {
  running=
  trap 'stopped=yes; [ -z "$running" ] || kill -TERM "$running" 2>/dev/null || :' INT TERM HUP
  "$@" &
  running=$!
  # The signal may have come just before.
  [ -z "$stopped" ] || kill -TERM "$running" 2>/dev/null || :
  code=0
  wait "$running" || code=$?
  # A signal ends `wait` before the command has ended.
  while kill -0 "$running" 2>/dev/null; do
    code=0
    wait "$running" || code=$?
  done
  trap - INT TERM HUP
  return "$code"
}
stopped=

again="make a new plan (\`sh ci/rollcall.sh preview STACK\`) and have it reviewed"

# Of which groups the plan is: all, or those that the change since a commit concerns.
scope() {
  ROLLCALL_CHANGED_SINCE=
  [ ! -s "$1/since" ] || ROLLCALL_CHANGED_SINCE=$(cat "$1/since")
  export ROLLCALL_CHANGED_SINCE
}

drift() {
  credentials
  status=0
  attended rollcall drift --stack "$1" --format markdown >"$2/drift.md" 2>"$2/drift.log" || status=$?
  cat "$2/drift.log" >&2
  if [ ! -s "$2/drift.md" ]; then
    { echo "Nobody knows whether stack \`$1\` has drifted: the look at it failed (exit code $status)."; sed 's/^/    /' "$2/drift.log"; } >"$2/drift.md"
  fi
  rm -f "$2/drift.log"
  show "$2/drift.md"
  [ -z "${GITHUB_OUTPUT:-}" ] || echo "code=$status" >>"$GITHUB_OUTPUT"
  exit "$status"
}

# A plan is named for the files that it was made from, so they have to be those of the commit.
clean_tree() {
  changes=$(git status --porcelain -- .) || die 1 "this is no git repository"
  [ -z "$changes" ] || die 1 "the files here are not those of the commit; commit them, or name them in .gitignore:
$changes"
}

# A token of the CI is exchanged once, for a session of an hour: the token itself lives some minutes only.
credentials() {
  lines=$(node ci/credentials.mjs)
  eval "$lines"
  [ -n "$lines" ] && [ "${GITHUB_ACTIONS:-}" = true ] || return 0
  # GitHub hides these values in all that follows.
  echo "::add-mask::$ALIBABA_CLOUD_ACCESS_KEY_SECRET"
  echo "::add-mask::$ALIBABA_CLOUD_SECURITY_TOKEN"
}

# On GitHub a report stands in the run's summary, elsewhere in the log.
show() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$1" >>"$GITHUB_STEP_SUMMARY"; else cat "$1"; fi
}

die() {
  [ "${GITHUB_ACTIONS:-}" != true ] || printf '::error::%s\n' "$(printf '%s' "$2" | tr '\n' ' ')"
  printf 'rollcall.sh: %s\n' "$2" >&2
  exit "$1"
}

main "$@"
