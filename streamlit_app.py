from dashboard.shell import main

main()
