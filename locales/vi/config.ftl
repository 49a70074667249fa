# Ý nghĩa của các khoá cấu hình.
config-listen = Địa chỉ và cổng phục vụ. Mặc định chỉ máy này vào được.
config-public_address = Địa chỉ mọi người gõ, ví dụ https://guong.xa.internal. Để trống thì nhận mọi tên máy. Bắt đầu bằng https:// thì cookie chỉ đi qua đường mã hoá.
config-data_folder = Thư mục dữ liệu, chỉ tài khoản chạy chương trình được đọc.
config-database = Địa chỉ PostgreSQL (postgres://…). Để trống thì dùng tệp SQLite trong thư mục dữ liệu.
config-language = Ngôn ngữ hiện trước: vi hoặc en.
config-idle_minutes = Số phút không làm gì thì phiên làm việc hết.
config-session_hours = Số giờ dài nhất của một phiên làm việc.
config-requests = Số yêu cầu xử lý cùng lúc; nhiều hơn thì báo bận.
config-request_seconds = Thời gian dài nhất cho một yêu cầu, tính bằng giây.
config-intake_memory_mb = Bộ nhớ của tiến trình đọc tệp từ ngoài, tính bằng MB.
config-intake_cpu_seconds = Thời gian bộ xử lý của tiến trình đọc tệp, tính bằng giây.
config-intake_seconds = Thời gian chờ tiến trình đọc tệp, tính bằng giây.
config-log = Mức ghi nhật ký vận hành, ví dụ info hoặc info,web=debug.
config-demo = Mọi trang ghi rõ là dữ liệu mẫu, và có trang kiểm tra giao diện. Lệnh demo tự đặt.
config-holds = Độ mật cao nhất của văn bản được giữ ở đây: none, confidential, secret hoặc top_secret. Máy có nối mạng ra ngoài một toà nhà thì để none.
config-mail_server = Máy chủ thư nhận thư nhắc việc, ví dụ smtp://127.0.0.1:25 hoặc smtps://tên:mật khẩu@máy:465. Để trống thì không gửi thư.
config-mail_from = Địa chỉ gửi thư nhắc việc, ví dụ guong@xa.internal.
