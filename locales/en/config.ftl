# Meaning of the configuration keys.
config-listen = Address and port served. By default only this machine gets in.
config-public_address = The address people type, such as https://guong.xa.internal. Empty: any host name. With https:// cookies travel encrypted only.
config-data_folder = Folder of data, readable by the program's account only.
config-database = Address of PostgreSQL (postgres://…). Empty: an SQLite file in the data folder.
config-language = Language shown first: vi or en.
config-idle_minutes = A session ends after so many minutes without a sign of life.
config-session_hours = A session ends after so many hours in any case.
config-requests = Requests worked on at once; more are told that the system is busy.
config-request_seconds = Longest time for one request, in seconds.
config-intake_memory_mb = Memory of the process that reads a file from outside, in MB.
config-intake_cpu_seconds = Processor time of the process that reads a file, in seconds.
config-intake_seconds = Time to wait for the process that reads a file, in seconds.
config-log = What is logged, such as info or info,web=debug.
config-demo = Every page says that the data are samples, and the page with all components is served. Set by the command demo.
config-holds = The highest mark of secrecy that may be held here: none, confidential, secret or top_secret. On a network that leaves one building: none.
config-mail_server = Mail server for reminders, such as smtp://127.0.0.1:25 or smtps://user:password@host:465. Empty: no letters are sent.
config-mail_from = Address that reminders come from, such as guong@commune.internal.
