# What the measurements share; they source it. A script that does sets work, the folder for everything it makes.

# distinct FROM FEW: the distinct JPEGs of a folder as $work/all, the first FEW of them as $work/few; their count is in $all.
# Names are digests, so the first few are a fair sample of all.
distinct() {
    mkdir "$work/all" "$work/few"
    find "$1" -type f \( -iname '*.jpg' -o -iname '*.jpeg' \) -print0 | sort -z | xargs -0 sha256sum |
        awk '!seen[$1]++' | while read -r digest path; do cp "$path" "$work/all/$digest.jpg"; done
    find "$work/all" -type f | sort | awk -v few="$2" 'NR <= few' | while read -r path; do cp "$path" "$work/few/"; done
    all=$(find "$work/all" -type f | wc -l)
}

# Wall-clock seconds of a command whose output goes to the log.
seconds() {
    local start end
    start=$(date +%s.%N)
    "$@" >>"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; exit 1; }
    end=$(date +%s.%N)
    awk "BEGIN { print $end - $start }"
}

# rate ALL FEW SECONDS SECONDS: of two cold commands, so that what a command costs once falls out.
rate() { awk "BEGIN { printf \"%.2f\", ($1 - $2) / ($3 - $4) }"; }

over() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
