# Prints functions of over 60 lines: from the `func`/`init` line to the brace at the same indentation.
FNR == 1 { start = 0 }
!start && /^ *([a-z@()]+ )*(func |init[?(<])/ { match($0, /^ */); indent = RLENGTH; start = FNR; name = $0 }
start && FNR == start && /}$/ { start = 0 }
start && FNR > start && /^ *}/ {
    match($0, /^ */)
    if (RLENGTH == indent) {
        if (FNR - start + 1 > 60) { sub(/^ */, "", name); print FILENAME ":" start ": " FNR - start + 1 " lines: " name }
        start = 0
    }
}
