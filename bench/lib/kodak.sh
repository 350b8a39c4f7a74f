# Sourced by bench/run, which sets bench_java to the command that runs a class.
# Compresses the first N images of a folder (all by default), restores them in another process, compares the pixels, and prints
# what each takes, as Markdown.
#   bench/run kodak MODEL FOLDER CALLS [N]
#   bench/run kodak models/images32 ../shared/data/kodak 8
# The archive and the restored images stay in the folder KODAK_OUT, if that is set.

if [ $# -lt 3 ] || [ $# -gt 4 ]; then
    echo "usage: bench/run kodak MODEL FOLDER CALLS [N]" >&2
    exit 2
fi
model=$1 folder=$2 calls=$3 most=${4:-1000000}

if [ -n "${KODAK_OUT:-}" ]; then
    out=$KODAK_OUT
    mkdir -p "$out"
    rm -rf "$out/images" "$out/restored" "$out/images.ardm"
else
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
fi
mkdir "$out/images"
count=0
for image in "$folder"/*.png; do
    [ "$count" -lt "$most" ] || break
    cp "$image" "$out/images/"
    count=$((count + 1))
done

ardm=("${bench_java[@]}" dev.ardm.cli.Main)
started=$SECONDS
"${ardm[@]}" compress -m "$model" --calls "$calls" -o "$out/images.ardm" "$out/images"
compressed=$SECONDS
"${ardm[@]}" decompress -m "$model" "$out/images.ardm" -o "$out/restored/"
echo "compressed in $((compressed - started)) s, each stream decoded again; restored in $((SECONDS - compressed)) s"
echo
"${bench_java[@]}" dev.ardm.bench.codec.RestoredImages "$out/images.ardm" "$out/images" "$out/restored"
