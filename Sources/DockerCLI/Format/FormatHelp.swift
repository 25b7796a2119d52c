// SPDX-License-Identifier: Apache-2.0

/// What the help of every `--format` says.
enum FormatHelp {
    private static let templates = """
        Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
        """

    /// For verbs that list rows.
    static let listing = """
        Format output using a custom template:
        'table':            Print output in table format with column headers (default)
        'table TEMPLATE':   Print output in table format using the given Go template
        'json':             Print in JSON format
        'TEMPLATE':         Print output using the given Go template.
        \(templates)
        """

    /// For verbs that show objects.
    static let inspect = """
        Format output using a custom template:
        'json':             Print in JSON format
        'TEMPLATE':         Print output using the given Go template.
        \(templates)
        """
}
