#!/usr/bin/env bash
# Trains and measures the models of docs/results.md's evidence, one group after the other.
#
# Usage: bench/evidence.sh OUT GROUP...        (groups: see below; what is done already is not done again)
# Environment: DATA (default ../shared/data), THREADS (default 1), SEEDS (default "1 2 3")
#
# Each model has a folder OUT/NAME-SEED with the run, and eval.json: measured once on test data, by the estimators it names.
set -eu
cd "$(dirname "$0")/.."
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

digits() {
    local train=digits8x8/train.npy.gz test=digits8x8/test.npy.gz common="--preset small --steps 800 --set report-seconds=10"
    local eval="--passes 8 --calls 32 --limit 1000"
    model digits-oa "$seeds" $train "$common" $test "$eval"
    model digits-up4-data "$seeds" $train "$common --process upscale:4" $test "$eval"
    model digits-up4-direct "$seeds" $train "$common --process upscale:4 --distribution digits" $test "$eval"
    model digits-up2-data "$seeds" $train "$common --process upscale:2" $test "$eval"
    model digits-up2-direct "$seeds" $train "$common --process upscale:2 --distribution digits" $test "$eval"
    model digits-up16-data "$seeds" $train "$common --process upscale:16" $test "$eval"
    model digits-up16-direct "$seeds" $train "$common --process upscale:16 --distribution digits" $test "$eval"
    model digits-logistic "$seeds" $train "$common --distribution logistic" $test "$eval"
    model digits-ar "$seeds" $train "$common --process autoregressive" $test "--passes 1 --limit 1000"
    model digits-permuted "$seeds" $train "$common --process permuted" $test "--passes 8 --limit 1000"
}

binary() {
    local train=binarized-mnist/train.npy.gz test=binarized-mnist/test.npy.gz
    model binary-oa "$seeds" $train "--preset small --steps 1200 --set batch=32 --set report-seconds=30" \
        $test "--passes 8 --calls 50 --limit 200"
    model binary-ar "$seeds" $train "--preset tiny --steps 1200 --set batch=16 --process autoregressive --set report-seconds=30" \
        $test "--passes 1 --limit 200"
}

mnist() {
    local train=mnist/train-images-idx3-ubyte.gz test=mnist/t10k-images-idx3-ubyte.gz
    local common="--preset small --steps 2500 --set batch=32 --set report-seconds=30"
    local seed
    model mnist-oa "$seeds" $train "$common" $test "--passes 8 --calls 50 --limit 200"
    model mnist-up4 "$seeds" $train "$common --process upscale:4" $test "--passes 8 --calls 50 --limit 200"
    for seed in $seeds; do
        budgets mnist-oa "$seed" $train $test "20 50 100" "--limit 100"
        budgets mnist-up4 "$seed" $train $test "20 50 100" "--limit 100"
    done
}

text() {
    local train=text27/train.txt.gz test=text27/test.txt.gz
    local common="--preset small --format window=128 --set batch=32 --set report-seconds=60"
    model text-oa "$seeds" $train "$common --set learning-rate=4e-3 --steps ${TEXT_STEPS:-6000}" $test "--passes 4 --calls 20 --limit 500"
    budgets text-oa 1 $train $test "20 127" "--limit 200"
    model text-ar "1" $train "$common --set learning-rate=2e-3 --process autoregressive --steps 2500" $test "--passes 1 --limit 500"
    model text-permuted "1" $train "$common --set learning-rate=2e-3 --process permuted --steps 2500" $test "--passes 4 --limit 500"
    if [ ! -e "$out/text-oa-1/absorbing.txt" ]; then
        ./ardm plan -m "$out/text-oa-1/model.safetensors" --data "$data/$train" --order random --calls 20 --limit 200 --threads "$threads" \
            >"$out/text-oa-1-plan.log" 2>&1
        bench/absorbing.sh "$out/text-oa-1/model.safetensors" 20 256 1000 >"$out/text-oa-1/absorbing.txt"
    fi
    cat "$out/text-oa-1/absorbing.txt"
}

sound() {
    local train=spoken-digits/recordings.zip test=spoken-digits/recordings.zip
    local common="--preset small --format window=512 --format names=.*_([5-9]|[1-4][0-9])\.wav --set batch=16 --set learning-rate=2e-3 --steps ${SOUND_STEPS:-1200} --set report-seconds=30"
    local eval="--names .*_[0-4]\.wav --passes 4 --calls 64 --limit 200"
    model sound-oa "$seeds" $train "$common --distribution logistic" $test "$eval"
    model sound-up256 "$seeds" $train "$common --process upscale:256 --distribution digits" $test "$eval"
    model sound-up16 "$seeds" $train "$common --process upscale:16 --distribution digits" $test "$eval"
    model sound-up4 "$seeds" $train "$common --process upscale:4 --distribution digits" $test "$eval"
}

adult() {
    model adult-oa "$seeds" adult/train.csv "--preset small --steps 2000 --set batch=64 --set report-seconds=20" \
        adult/test.csv "--passes 17 --calls 17 --limit 1000"
}

# With coding-order, training looks mostly at the order that archives are coded in; images-random is the paper's, in all orders.
images() {
    local train=images32/train.npy.gz test=images32/test.npy.gz
    local common="--preset medium --set batch=16 --set report-seconds=100 --steps ${IMAGE_STEPS:-2500}" eval="--passes 2 --limit 100"
    local pixels="--distribution pixel-logistic --set loss-sites=1024"
    model images-up4 "1" $train "$common --process upscale:4 --distribution logistic --set coding-order=0.9" $test "$eval --calls 100"
    model images-oa "1" $train "$common $pixels --set coding-order=0.9" $test "$eval --calls 100"
    model images-random "1" $train "$common $pixels" $test "$eval --calls 100"
}

for group in "$@"; do
    case $group in
        digits | binary | mnist | text | sound | adult | images) "$group" ;;
        *)
            echo "there is no group '$group'" >&2
            exit 2
            ;;
    esac
done
