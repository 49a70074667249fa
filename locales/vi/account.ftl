refusal-ACCOUNT-001 = Tên đăng nhập "{ $login }" hoặc người này đã có tài khoản.
refusal-ACCOUNT-001-do = Chọn tên khác, hoặc đặt lại cụm mật khẩu của tài khoản đã có.
refusal-ACCOUNT-002 = Không có người này trong danh sách.
refusal-ACCOUNT-002-do = Nhập người này vào danh sách trước.
refusal-ACCOUNT-003 = Cụm mật khẩu ngắn hơn { $min } ký tự.
refusal-ACCOUNT-003-do = Dùng một câu dễ nhớ gồm nhiều từ, có dấu cũng được.
refusal-ACCOUNT-004 = Cụm mật khẩu dài hơn { $max } byte.
refusal-ACCOUNT-004-do = Dùng câu ngắn hơn.
