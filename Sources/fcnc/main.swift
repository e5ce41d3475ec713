import FCNCommands

Fcnc.main(plugins: [])
