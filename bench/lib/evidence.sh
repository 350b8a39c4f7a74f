#!/usr/bin/env bash
# Trains and measures the models of docs/results.md's evidence, one group after the other.
#
# Usage: bench/run evidence OUT GROUP...        (evidence.tsv has the groups; what is done already is not done again)
# Environment: DATA (default ../shared/data), THREADS (default 1), SEEDS (default "1 2 3")
#
# Each model has a folder OUT/NAME-SEED with the run, and eval.json: measured once on test data, by the estimators it names.
set -eu
cd "$(dirname "$0")/../.."
table=bench/lib/evidence.tsv
[ $# -ge 2 ] || {
    echo "usage: bench/run evidence OUT GROUP..." >&2
    exit 2
}
out=$1
shift
data=${DATA:-../shared/data}
threads=${THREADS:-1}
seeds=${SEEDS:-1 2 3}
mkdir -p "$out"

# model NAME "SEEDS" TRAINING-DATA "train options" TEST-DATA "eval options"
model() {
    local name=$1 seed run
    for seed in $2; do
        run=$out/$name-$seed
        if [ ! -e "$run/model.safetensors" ]; then
            if compgen -G "$run/checkpoints/*" >/dev/null; then
                ./ardm train --data "$data/$3" --out "$run" --threads "$threads" --resume
            else
                rm -rf "$run"
                # shellcheck disable=SC2086
                ./ardm train --data "$data/$3" --out "$run" --seed "$seed" --threads "$threads" $4
            fi >>"$out/$name-$seed.log" 2>&1 || { echo "$name-$seed: training failed, see its log" >&2; continue; }
        fi
        if [ ! -e "$run/eval.json" ]; then
            # shellcheck disable=SC2086
            ./ardm eval -m "$run/model.safetensors" --data "$data/$5" --threads "$threads" --json $6 \
                >"$run/eval.json.part" 2>>"$out/$name-$seed.log" && mv "$run/eval.json.part" "$run/eval.json"
        fi
        echo "$name-$seed: $(grep -o '"kind":"bound".*' "$run/eval.json" 2>/dev/null)"
    done
}

# budgets NAME SEED TRAINING-DATA TEST-DATA "calls..." "eval options": planned and naive schedules of several budgets.
# The schedules are planned on training data, where no test item can have a say.
budgets() {
    local run=$out/$1-$2 calls kind
    if [ -e "$run/model.safetensors" ] && [ ! -e "$run/plan.json" ]; then
        ./ardm plan -m "$run/model.safetensors" --data "$data/$3" --calls "${5// /,}" --limit 100 --threads "$threads" --json \
            >"$run/plan.part" 2>>"$out/$1-$2.log" && mv "$run/plan.part" "$run/plan.json"
    fi
    for calls in $5; do
        for kind in "" --naive; do
            if [ -e "$run/plan.json" ] && [ ! -e "$run/eval-$calls$kind.json" ]; then
                # shellcheck disable=SC2086
                ./ardm eval -m "$run/model.safetensors" --data "$data/$4" --threads "$threads" --json --passes 1 --calls $calls $kind $6 \
                    >"$run/eval.part" 2>>"$out/$1-$2.log" && mv "$run/eval.part" "$run/eval-$calls$kind.json"
            fi
            echo "$1-$2, $calls calls $kind: $(grep -o '"kind":"order_and_schedule".*' "$run/eval-$calls$kind.json")"
        done
    done
}

# absorbing NAME SEED TRAINING-DATA "steps..." "plan options": bounds of absorbing diffusion.
absorbing() {
    local run=$out/$1-$2
    if [ ! -e "$run/absorbing.txt" ]; then
        # shellcheck disable=SC2086
        ./ardm plan -m "$run/model.safetensors" --data "$data/$3" --order random --threads "$threads" $5 >"$out/$1-$2-plan.log" 2>&1
        # shellcheck disable=SC2086
        bench/run absorbing "$run/model.safetensors" $4 >"$run/absorbing.txt"
    fi
    cat "$run/absorbing.txt"
}

for group in "$@"; do
    grep -q "^$group$(printf '\t')" "$table" || {
        echo "there is no group '$group'" >&2
        exit 2
    }
done
for group in "$@"; do
    # On descriptor 3, since what runs here may read its input.
    while IFS=$'\t' read -r of what name numbers train test options eval <&3; do
        [ "$of" = "$group" ] || continue
        [ "$numbers" != all ] || numbers=$seeds
        case $what in
            model) model "$name" "$numbers" "$train" "$options" "$test" "$eval" ;;
            budgets) for seed in $numbers; do budgets "$name" "$seed" "$train" "$test" "$options" "$eval"; done ;;
            absorbing) for seed in $numbers; do absorbing "$name" "$seed" "$train" "$options" "$eval"; done ;;
        esac
    done 3<"$table"
done
