// SPDX-License-Identifier: Apache-2.0
import CLinux
import DockerCLI
import Glibc

clinux_open_standard_streams()
// One heap for all threads: what one of them receives another frees, and heaps of their own would keep both.
clinux_use_one_heap()
// As docker's client, which catches them.
clinux_exit_for_interrupts()
exit(DockerCLI.run(Array(CommandLine.arguments.dropFirst()), .live(arguments: CommandLine.arguments)))
